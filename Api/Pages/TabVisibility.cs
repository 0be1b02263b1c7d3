namespace RechargeGrains.Api.Pages;

/// <summary>Whether the browser's tab is looked at. Until the browser has said so, it is.</summary>
internal sealed class TabVisibility
{
    private TaskCompletionSource _visible = Completed();

    /// <summary>Completes when the tab is visible; at once if it is.</summary>
    public Task WhenVisibleAsync(CancellationToken cancellationToken) => _visible.Task.WaitAsync(cancellationToken);

    /// <summary>Told by the browser.</summary>
    public void Show(bool isVisible)
    {
        if (isVisible)
            _visible.TrySetResult();
        else if (_visible.Task.IsCompleted)
            _visible = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        completed.SetResult();
        return completed;
    }
}
