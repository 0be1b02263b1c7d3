using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace RechargeGrains.Api.Pages;

/// <summary>
/// A page that stays up to date while somebody looks at it. It loads once before it is shown, and then every few seconds, but not while
/// the browser's tab is hidden; a loading that fails leaves what is shown and says so.
/// </summary>
public abstract class RefreshingPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Loadings follow each other, so that an older one never overwrites a newer.</summary>
    private readonly SemaphoreSlim _loading = new(1, 1);

    private Task? _refreshing;
    private string? _shownFor;
    private string? _loadedFor;

    protected RefreshingPage() => Closed = _closed.Token;

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

    [Inject]
    private TabVisibility Tab { get; set; } = default!;

    /// <summary>Whether the last loading failed.</summary>
    private protected bool IsStale { get; private set; }

    /// <summary>Ends when nobody looks any more.</summary>
    private protected CancellationToken Closed { get; }

    /// <summary>How often it loads; null: once.</summary>
    private protected virtual TimeSpan? Every => TimeSpan.FromSeconds(2);

    /// <summary>
    /// What is shown depends on; when it changes, everything is loaded anew. A loading that began for something else must not be shown:
    /// compare it before and after.
    /// </summary>
    private protected abstract string ShownFor { get; }

    /// <summary>Forgets what was shown and begun for something else. Called before the first loading for a <see cref="ShownFor"/>.</summary>
    private protected virtual void Reset()
    {
    }

    /// <summary>Finds out what the person may do here. False: the page does not exist for them.</summary>
    private protected abstract Task<bool> EnterAsync();

    /// <summary>Loads what is shown. False: there is no such thing.</summary>
    private protected abstract Task<bool> LoadAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (_shownFor == ShownFor)
            return;
        var shownFor = _shownFor = ShownFor;
        IsStale = false;
        Reset();
        var exists = await EnterAsync() && await LoadAsync();
        // Meanwhile somebody may have gone on to another.
        if (shownFor != ShownFor)
            return;
        if (!exists)
        {
            Navigation.NotFound();
            return;
        }

        _loadedFor = shownFor;
        if (RendererInfo.IsInteractive && Every is { } every)
            _refreshing ??= RefreshAsync(every);
    }

    /// <summary>Loads now, after something was done. A failure is shown as such and not thrown.</summary>
    private protected async Task ReloadAsync()
    {
        try
        {
            await _loading.WaitAsync(Closed);
            try
            {
                // Until the first loading for it has ended there is nothing to bring up to date.
                if (_loadedFor == ShownFor)
                    IsStale = !await LoadAsync();
            }
            finally
            {
                _loading.Release();
            }
        }
        catch (Exception failure)
        {
            if (Closed.IsCancellationRequested)
                return;
            PageLog.LoadingFailed(Logger, failure);
            IsStale = true;
        }

        if (!Closed.IsCancellationRequested)
            StateHasChanged();
    }

    /// <summary>Does something, says that it did, and shows what became of it. What goes wrong is said in words.</summary>
    /// <returns>Whether it worked.</returns>
    private protected async Task<bool> TryAsync(Func<Task> act, string? done = null)
    {
        try
        {
            await act();
        }
        catch (NotAllowedException refused)
        {
            Snackbar.Add(refused.Message, Severity.Error);
            return false;
        }
        catch (Exception failure)
        {
            PageLog.ActionFailed(Logger, failure);
            Snackbar.Add("This could not be done just now, and may or may not have happened. Look again before you repeat it.", Severity.Error);
            return false;
        }

        if (done is not null)
            Snackbar.Add(done, Severity.Success);
        await ReloadAsync();
        return true;
    }

    /// <summary>Loads something else that somebody asked for. If that fails it is said, and what was shown stays.</summary>
    private protected async Task TryShowAsync(Func<Task> load)
    {
        try
        {
            await load();
        }
        catch (Exception failure)
        {
            PageLog.LoadingFailed(Logger, failure);
            Snackbar.Add("This could not be loaded just now. Try again in a moment.", Severity.Error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        if (_refreshing is not null)
            await _refreshing;
        _closed.Dispose();
        _loading.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task RefreshAsync(TimeSpan every)
    {
        for (var pause = every; await PausedAsync(pause);)
        {
            var started = Time.GetTimestamp();
            await ReloadAsync();
            pause = RefreshPace.PauseAfter(Time.GetElapsedTime(started), every);
        }
    }

    /// <summary>False once nobody looks any more.</summary>
    private async Task<bool> PausedAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, Time, Closed);
            await Tab.WhenVisibleAsync(Closed);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
