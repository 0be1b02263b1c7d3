namespace RechargeGrains.Sandbox;

/// <summary>
/// Finds events that were accepted in the wrong order: a cancellation before its subscription's creation; and of one customer, an
/// event before another whose webhook had been answered before the webhook of the first was even raised.
/// </summary>
internal static class OrderCheck
{
    public static IEnumerable<string> FindSwapped(IEnumerable<ToldEvent> told)
    {
        foreach (var ofCustomer in told.GroupBy(event_ => event_.CustomerId))
        {
            var events = ofCustomer.OrderBy(event_ => event_.Happened).ToList();
            var late = CancelledFirst(events).ToHashSet();
            foreach (var event_ in late.Concat(Overtaken(events).Where(event_ => !late.Contains(event_))))
                yield return $"{event_.Fact} was accepted before something of the same customer that had to come first.";
        }
    }

    private static IEnumerable<ToldEvent> CancelledFirst(IReadOnlyList<ToldEvent> events)
    {
        var created = events.Where(event_ => event_.Fact.Type == EventFact.Created).ToDictionary(event_ => event_.Fact.SubscriptionId);
        return events.Where(event_ => event_.Fact.Type == EventFact.Cancelled
            && created.TryGetValue(event_.Fact.SubscriptionId, out var first) && event_.Accepted < first.Accepted);
    }

    private static IEnumerable<ToldEvent> Overtaken(IReadOnlyList<ToldEvent> events)
    {
        var answered = Answered(events).OrderBy(pair => pair.At).ToList();
        var latest = 0L;
        var next = 0;
        foreach (var event_ in events.Where(event_ => event_.Moment is not null).OrderBy(event_ => event_.Moment!.Value.Raised))
        {
            for (; next < answered.Count && answered[next].At < event_.Moment!.Value.Raised; next++)
                latest = Math.Max(latest, answered[next].Event.Accepted);
            if (event_.Accepted < latest)
                yield return event_;
        }
    }

    /// <summary>
    /// When the product could tell each event. An activation that overtakes its cancellation is held until that one comes, so it
    /// counts as answered with the last of what happened to its subscription before.
    /// </summary>
    private static IEnumerable<(ToldEvent Event, long At)> Answered(IReadOnlyList<ToldEvent> events)
    {
        var latest = new Dictionary<long, long>();
        foreach (var event_ in events)
        {
            var subscription = event_.Fact.SubscriptionId;
            var before = latest.GetValueOrDefault(subscription);
            var own = event_.Moment?.Answered ?? long.MaxValue;
            latest[subscription] = Math.Max(before, own);
            yield return (event_, event_.Fact.Type == EventFact.Activated ? Math.Max(before, own) : own);
        }
    }
}
