using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace RechargeGrains.Api.Pages;

/// <summary>
/// A page that stays up to date while somebody looks at it. It loads once before it is shown, and then every few seconds; a loading that
/// fails leaves what is shown and says so.
/// </summary>
public abstract class RefreshingPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private Task? _refreshing;
    private string? _shownFor;

    [Inject]
    private protected NavigationManager Navigation { get; private set; } = default!;

    [Inject]
    private protected ISnackbar Snackbar { get; private set; } = default!;

    [Inject]
    private protected IGrainFactory Grains { get; private set; } = default!;

    [Inject]
    private protected TimeProvider Time { get; private set; } = default!;

    [Inject]
    private protected Workspace Workspace { get; private set; } = default!;

    [Inject]
    private ILogger<RefreshingPage> Logger { get; set; } = default!;

    /// <summary>Whether the last loading failed.</summary>
    private protected bool IsStale { get; private set; }

    /// <summary>Ends when nobody looks any more.</summary>
    private protected CancellationToken Closed => _closed.Token;

    /// <summary>How often it loads; null: once.</summary>
    private protected virtual TimeSpan? Every => TimeSpan.FromSeconds(2);

    /// <summary>What is shown depends on; when it changes, everything is loaded anew.</summary>
    private protected abstract string ShownFor { get; }

    /// <summary>Finds out what the person may do here. False: the page does not exist for them.</summary>
    private protected abstract Task<bool> EnterAsync();

    /// <summary>Loads what is shown. False: there is no such thing.</summary>
    private protected abstract Task<bool> LoadAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (_shownFor == ShownFor)
            return;
        _shownFor = ShownFor;
        if (!await EnterAsync() || !await LoadAsync())
        {
            Navigation.NotFound();
            return;
        }

        if (RendererInfo.IsInteractive && Every is { } every)
            _refreshing ??= RefreshAsync(every);
    }

    /// <summary>Loads now, after something was done.</summary>
    private protected Task ReloadAsync() => LoadAsync();

    /// <summary>Does something, says that it did, and shows what became of it. What goes wrong is said in words.</summary>
    /// <returns>Whether it worked.</returns>
    private protected async Task<bool> TryAsync(Func<Task> act, string? done = null)
    {
        try
        {
            await act();
            if (done is not null)
                Snackbar.Add(done, Severity.Success);
            await ReloadAsync();
            return true;
        }
        catch (NotAllowedException refused)
        {
            Snackbar.Add(refused.Message, Severity.Error);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            PageLog.ActionFailed(Logger, failure);
            Snackbar.Add("This could not be done just now, and may or may not have happened. Look again before you repeat it.", Severity.Error);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_refreshing is not null)
            await _refreshing;
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task RefreshAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Closed))
            {
                try
                {
                    IsStale = !await LoadAsync();
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    PageLog.LoadingFailed(Logger, failure);
                    IsStale = true;
                }

                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }
}
