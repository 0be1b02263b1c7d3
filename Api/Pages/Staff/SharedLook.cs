namespace RechargeGrains.Api.Pages.Staff;

/// <summary>
/// Something that is costly to find out and looked at by many: it is found out by one at a time, not again before it is a few seconds
/// old, and what was known stays if it cannot be found out. A first load is waited for a moment only, so that a page is not held up.
/// </summary>
/// <param name="load">Finds it out; told what was known before.</param>
/// <param name="goodFor">So long it is not found out again.</param>
/// <param name="patience">So long an asker waits for a load; then they get what was known before.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedLook<T>(Func<T?, Task<T>> load, TimeSpan goodFor, TimeSpan patience, TimeProvider time)
    where T : class
{
    private readonly Lock _lock = new();
    private Task? _loading;
    private DateTimeOffset? _triedAt;
    private Seen<T> _last = new(null, null, null);

    /// <summary>What is known. A failure is in the answer and is not thrown.</summary>
    public async Task<Seen<T>> LookAsync()
    {
        Task loading;
        lock (_lock)
        {
            if (_loading is null && _triedAt is { } tried && time.GetUtcNow() - tried < goodFor)
                return _last;
            // Away from the caller, whose thread belongs to a page.
            loading = _loading ??= Task.Run(LoadAsync);
        }

        try
        {
            await loading.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // It goes on for whoever asks next.
        }

        lock (_lock)
            return _last;
    }

    private async Task LoadAsync()
    {
        Seen<T> next;
        try
        {
            next = new Seen<T>(await load(_last.Value), time.GetUtcNow(), null);
        }
        catch (Exception failure)
        {
            next = _last with { Failure = failure };
        }

        lock (_lock)
        {
            _last = next;
            _triedAt = time.GetUtcNow();
            _loading = null;
        }
    }
}

/// <summary>What is known, since when, and why it is not newer.</summary>
/// <param name="Value">Null before the first load has ended.</param>
/// <param name="At">When it was found out.</param>
/// <param name="Failure">Why the last load failed; null if it did not.</param>
internal sealed record Seen<T>(T? Value, DateTimeOffset? At, Exception? Failure)
    where T : class;
