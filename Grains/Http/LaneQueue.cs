namespace RechargeGrains.Grains.Http;

/// <summary>Waiting callers in lanes; <see cref="Next"/> takes one from each lane in turn. Not thread-safe.</summary>
internal sealed class LaneQueue
{
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _lanes = [];
    private readonly Queue<string> _turns = new();

    public bool HasAny => _turns.Count > 0;

    public void Add(string lane, TaskCompletionSource waiter)
    {
        if (!_lanes.TryGetValue(lane, out var queue))
        {
            _lanes[lane] = queue = new Queue<TaskCompletionSource>();
            _turns.Enqueue(lane);
        }

        queue.Enqueue(waiter);
    }

    /// <summary>The next caller, or null if the lane whose turn it is had only callers that gave up.</summary>
    public TaskCompletionSource? Next()
    {
        var lane = _turns.Dequeue();
        var queue = _lanes[lane];
        TaskCompletionSource? next = null;
        while (next is null && queue.TryDequeue(out var candidate))
        {
            if (!candidate.Task.IsCompleted)
                next = candidate;
        }

        if (queue.Count > 0)
            _turns.Enqueue(lane);
        else
            _lanes.Remove(lane);
        return next;
    }
}
