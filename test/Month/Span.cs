namespace RechargeGrains.Month;

/// <summary>A time from an instant to a later one, which is no longer part of it.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public bool Contains(DateTimeOffset instant) => instant >= From && instant < To;

    /// <summary>What both have in common; without length if nothing.</summary>
    public Span And(Span other)
    {
        var from = From > other.From ? From : other.From;
        var to = To < other.To ? To : other.To;
        return new Span(from, to > from ? to : from);
    }

    /// <summary>What is left of it without another one.</summary>
    public IEnumerable<Span> Without(Span other)
    {
        var shared = And(other);
        return shared.Length == TimeSpan.Zero
            ? [this]
            : new[] { new Span(From, shared.From), new Span(shared.To, To) }.Where(span => span.Length > TimeSpan.Zero);
    }
}
