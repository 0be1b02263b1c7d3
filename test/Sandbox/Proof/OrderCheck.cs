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
            foreach (var (early, first) in CancelledFirst(events).Concat(Overtaking(events)).DistinctBy(pair => pair.Early))
                yield return $"{early.Fact} was accepted before {first.Fact}, which had to come first.";
        }
    }

    private static IEnumerable<(ToldEvent Early, ToldEvent First)> CancelledFirst(IReadOnlyList<ToldEvent> events)
    {
        var created = events.Where(event_ => event_.Fact.Type == EventFact.Created).ToDictionary(event_ => event_.Fact.SubscriptionId);
        foreach (var cancelled in events.Where(event_ => event_.Fact.Type == EventFact.Cancelled))
        {
            if (created.TryGetValue(cancelled.Fact.SubscriptionId, out var first) && cancelled.Accepted < first.Accepted)
                yield return (cancelled, first);
        }
    }

    private static IEnumerable<(ToldEvent Early, ToldEvent First)> Overtaking(IReadOnlyList<ToldEvent> events)
    {
        var answered = Answered(events).OrderBy(pair => pair.At).ToList();
        ToldEvent? latest = null;
        var next = 0;
        foreach (var event_ in events.Where(event_ => event_.Moment is not null).OrderBy(event_ => event_.Moment!.Value.Raised))
        {
            for (; next < answered.Count && answered[next].At < event_.Moment!.Value.Raised; next++)
            {
                if (latest is null || answered[next].Event.Accepted > latest.Accepted)
                    latest = answered[next].Event;
            }

            if (event_.Accepted < latest?.Accepted)
                yield return (event_, latest);
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
