namespace RechargeGrains.Month;

/// <summary>
/// Moves a standing clock from one thing that is due to the next, a timer or an entry of the agenda, each time that everything has
/// come to rest. So nothing is passed over, and a month takes as long as the work in it. Not thread-safe; the caller's thread is not
/// of the pool.
/// </summary>
internal sealed class TimeDriver(SandboxClock clock, Stillness stillness, CancellationToken ct)
{
    /// <summary>Real time in which a task that is waited for ends, unless it waits for the clock.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> _agenda = new();
    private long _entries;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How often the clock was moved.</summary>
    public long Steps { get; private set; }

    /// <summary>Has something done at an instant. What is due at the same one is done in the order it was given.</summary>
    public void At(DateTimeOffset instant, Action act) => _agenda.Enqueue(act, (instant, ++_entries));

    /// <summary>Lets everything happen that is due up to an instant, and come to rest.</summary>
    public void RunTo(DateTimeOffset until)
    {
        while (true)
        {
            stillness.Wait(ct);
            if (_agenda.TryPeek(out var act, out var due) && due.At <= Now)
            {
                _agenda.Dequeue();
                act();
            }
            else if (NextDue(until) is { } next)
            {
                MoveTo(next);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Waits for a task, and moves the clock if it waits for that.</summary>
    public void RunUntil(Task task)
    {
        while (Task.WaitAny([task], (int)Patience.TotalMilliseconds, ct) < 0)
        {
            stillness.Wait(ct);
            if (!task.IsCompleted && clock.NextDue is { } next)
                MoveTo(next);
        }

        task.GetAwaiter().GetResult();
    }

    private DateTimeOffset? NextDue(DateTimeOffset until)
    {
        var next = clock.NextDue is { } timer && timer < until ? timer : until;
        if (_agenda.TryPeek(out _, out var entry) && entry.At < next)
            next = entry.At;
        return next <= Now && !(clock.NextDue <= Now) ? null : next;
    }

    private void MoveTo(DateTimeOffset instant)
    {
        Steps++;
        clock.Advance(instant > Now ? instant - Now : TimeSpan.Zero);
    }
}
