namespace RechargeGrains.Sandbox;

/// <summary>Tells which repetitions could not be avoided. Strict, because pushes of one connection go out one after the other.</summary>
internal sealed class RepeatExcuses
{
    private readonly IReadOnlyList<Interruption> _interruptions;
    private readonly List<PushLogEntry> _accepted;
    private readonly Dictionary<string, int> _positions;

    public RepeatExcuses(IReadOnlyList<PushLogEntry> pushes, IReadOnlyList<Interruption> interruptions)
    {
        _interruptions = interruptions;
        _accepted = [.. pushes.Where(push => push is { Type: "custom_event", RequestId: not null })];
        _positions = _accepted.Select((push, position) => (push.RequestId, position)).ToDictionary(pair => pair.RequestId!, pair => pair.position);
    }

    public bool Explain(AcceptedEvent before, AcceptedEvent again)
    {
        if (before.RequestId == again.RequestId || !_positions.TryGetValue(before.RequestId, out var position))
            return false;
        var push = _accepted[position];
        if (push.Answer != PushAnswer.Sent)
            return true;
        // Whoever sends the next push has noted the one before it. So only the last push before an interruption, or one during it,
        // can have been forgotten.
        var next = position + 1 < _accepted.Count ? _accepted[position + 1].At : DateTimeOffset.MaxValue;
        return _interruptions.Any(interruption => push.At <= interruption.To && next >= interruption.From);
    }
}
