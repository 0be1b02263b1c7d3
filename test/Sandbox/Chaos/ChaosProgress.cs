using System.Collections.Concurrent;

namespace RechargeGrains.Sandbox;

/// <summary>Where a run stands. Everything costs the same however much has happened.</summary>
public sealed class ChaosProgress
{
    private readonly Signal _changed = new();
    private readonly AppendLog<Interruption> _interruptions = new();
    private readonly ConcurrentDictionary<object, long> _allowed = new();
    private long _played;
    private int _kills;
    private volatile string _phase = "Starting";
    private volatile string _trouble = "";

    /// <summary>Events that happened at Recharge.</summary>
    public long Played => Interlocked.Read(ref _played);

    public int Kills => Volatile.Read(ref _kills);

    /// <summary>What is being done.</summary>
    public string Phase
    {
        get => _phase;
        internal set => _phase = value;
    }

    /// <summary>What goes wrong just now.</summary>
    public string Trouble
    {
        get => _trouble;
        internal set => _trouble = value;
    }

    /// <summary>Whether every lane lets the life go on.</summary>
    internal bool IsAllowed => _allowed.All(lane => Played < lane.Value);

    internal IReadOnlyList<Interruption> Interruptions => _interruptions.Snapshot();

    internal void Play(int events)
    {
        Interlocked.Add(ref _played, events);
        _changed.Raise();
    }

    internal void Interrupt(DateTimeOffset from, DateTimeOffset to, string what) => _interruptions.Add(new Interruption(from, to, what));

    internal void CountKill() => Interlocked.Increment(ref _kills);

    /// <summary>Lets the life go on to an event and no further, so that what is planned for that moment meets a shop at work.</summary>
    internal void Allow(object lane, long events)
    {
        _allowed[lane] = events;
        _changed.Raise();
    }

    /// <summary>Completes when every lane lets the life go on.</summary>
    internal Task WaitUntilAllowedAsync(CancellationToken ct) =>
        _changed.WaitForAsync(() => IsAllowed ? this : null, Timeout.InfiniteTimeSpan, () => Trouble, ct);

    internal Task WaitForPlayedAsync(long events, CancellationToken ct) =>
        _changed.WaitForAsync(() => Played >= events ? this : null, Timeout.InfiniteTimeSpan, () => $"{Played} events", ct);
}
