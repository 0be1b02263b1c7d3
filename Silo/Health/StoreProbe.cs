using Microsoft.Extensions.Logging;

namespace RechargeGrains.Silo.Health;

/// <summary>
/// Asks the store whether it answers, so that any number of probes costs one small read every few seconds. One question is out at a time: a
/// store that hangs is not asked again before it has answered or the call has run out.
/// </summary>
/// <param name="ask">Completes when the store has answered.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of an answer that does not come.</param>
internal sealed partial class StoreProbe(Func<Task> ask, TimeProvider time, ILogger<StoreProbe> logger)
{
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer counts.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task<bool> _asking = Task.FromResult(false);
    private long? _askedAt;
    private volatile bool _answered;

    /// <summary>What was found last.</summary>
    public bool AnsweredLast => _answered;

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var (asking, askedAt) = Ask();
        if (asking.IsCompleted)
            return await asking;
        var left = TimeLimit - time.GetElapsedTime(askedAt);
        try
        {
            return await asking.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException failure)
        {
            return Found(failure);
        }
    }

    private (Task<bool> Asking, long AskedAt) Ask()
    {
        lock (_gate)
        {
            if (_askedAt is not { } askedAt || (_asking.IsCompleted && time.GetElapsedTime(askedAt) >= Kept))
            {
                _askedAt = askedAt = time.GetTimestamp();
                _asking = Task.Run(AskStoreAsync, CancellationToken.None);
            }

            return (_asking, askedAt);
        }
    }

    private async Task<bool> AskStoreAsync()
    {
        try
        {
            await ask();
            return Found(null);
        }
        catch (Exception failure)
        {
            return Found(failure);
        }
    }

    /// <summary>Said once, and not again before the store has answered in between.</summary>
    private bool Found(Exception? failure)
    {
        if (failure is not null && _answered)
            LogNoAnswer(failure);
        return _answered = failure is null;
    }

    [LoggerMessage(4911, LogLevel.Error, "The store does not answer, so the program is not ready")]
    private partial void LogNoAnswer(Exception failure);
}
