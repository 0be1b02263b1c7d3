using RechargeGrains.Customers;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain"/>
[GrainType("rg-customer"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class CustomerGrain(
    [PersistentState("customer")] IPersistentState<CustomerState> store,
    IGrainFactory grains,
    TimeProvider time) : Grain, ICustomerGrain
{
    private const int TimelineLength = 20;
    private const string CustomerDeleted = "customer/deleted";

    private CustomerKey _key;
    private bool _mayBeRepeated;
    private bool _tellsUnread;
    private bool _isHeardOf;

    private CustomerState State => store.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = CustomerKey.Parse(this.GetPrimaryKeyString());
        // The activation before this one may have handed these over without having written that down.
        _mayBeRepeated = State.Pending.Count > 0;
        return Task.CompletedTask;
    }

    public async Task<ApplyOutcome> ApplyWebhookAsync(WebhookMessage message, CustomerContext context)
    {
        _isHeardOf = true;
        if (message.Charge is { } charge)
            return await PassOnAsync(charge, context);
        if (message.Topic == CustomerDeleted)
            return await LookWhetherGoneAsync();
        var changed = Learn(message.Customer);
        var outcome = changed ? ApplyOutcome.Applied : ApplyOutcome.Duplicate;
        if (message.Subscription is { } incoming)
        {
            var known = State.Subscriptions.GetValueOrDefault(incoming.Id);
            var action = message.Topic[(message.Topic.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var verdict = SubscriptionRules.Decide(known, action, incoming, context, message.ReceivedAt);
            if (verdict.Next != known)
            {
                State.Subscriptions[incoming.Id] = verdict.Next;
                changed = true;
            }

            foreach (var draft in verdict.Told)
                Tell(draft, message.ReceivedAt, context);
            changed |= LearnWhetherComplete(message);
            outcome = changed ? ApplyOutcome.Applied : verdict.IsStale ? ApplyOutcome.Stale : ApplyOutcome.Duplicate;
        }

        if (changed)
        {
            Note(message.ReceivedAt, message.Topic, "applied", message.Subscription?.Id);
            await SaveAsync();
        }

        await SettleAsync(context);
        return outcome;
    }

    public async Task<ApplyOutcome> ApplySnapshotAsync(CustomerSnapshot snapshot, CustomerContext context)
    {
        LeaveUnlessHeardOf();
        var changed = TakeOver(snapshot, context);
        if (changed)
        {
            Note(time.GetUtcNow(), "read", "applied", null);
            await SaveAsync();
        }

        await SettleAsync(context, snapshot.SendsContact);
        return changed ? ApplyOutcome.Applied : ApplyOutcome.Duplicate;
    }

    public async Task<bool> ReconcileAsync(CustomerSnapshot snapshot, DateTimeOffset settledBefore, CustomerContext context)
    {
        LeaveUnlessHeardOf();
        var now = time.GetUtcNow();
        var before = State.IsComplete ? State.Subscriptions.ToDictionary() : null;
        var known = State.Subscriptions.Keys.ToHashSet();
        var changed = TakeOver(snapshot, context);
        if (snapshot.ComparedAllAt is { } comparedAllAt)
        {
            foreach (var record in State.Subscriptions.Values.Where(record => !known.Contains(record.Snapshot.Id)).ToList())
                State.Subscriptions[record.Snapshot.Id] = SubscriptionRules.MovedHere(record, comparedAllAt);
        }

        var differs = before is not null && DriftRules.Differs(before, State.Subscriptions, settledBefore);
        foreach (var record in State.Subscriptions.Values.ToList())
        {
            var verdict = SubscriptionRules.Missed(record, context, settledBefore, now);
            if (verdict.Told.Count == 0)
                continue;
            State.Subscriptions[record.Snapshot.Id] = verdict.Next;
            foreach (var draft in verdict.Told)
                Tell(draft, now, context);
            differs = true;
        }

        if (changed || differs)
        {
            Note(now, "read", differs ? "repaired" : "applied", null);
            await SaveAsync();
        }

        await SettleAsync(context);
        return differs;
    }

    public async Task<bool> TellUnreadAsync(CustomerContext context)
    {
        _tellsUnread = true;
        await SettleAsync(context);
        return State.Pending.Count == 0;
    }

    public Task<CustomerView?> DescribeAsync()
    {
        if (!store.RecordExists)
        {
            DeactivateOnIdle();
            return Task.FromResult<CustomerView?>(null);
        }

        var subscriptions = State.Subscriptions.Values.Select(record => record.Snapshot).OrderBy(snapshot => snapshot.Id).ToList();
        var numbers = CountRules.Count(subscriptions);
        return Task.FromResult<CustomerView?>(new CustomerView
        {
            RechargeCustomerId = _key.CustomerId,
            Email = State.Profile?.Email,
            TotalSubscriptions = numbers.Total,
            ActiveSubscriptions = numbers.Active,
            Subscriptions = subscriptions,
            Timeline = [.. State.Timeline],
        });
    }

    /// <summary>A reading goes through a whole store and does not come back to anybody, so it must not fill the memory. Webhooks come in twos and threes.</summary>
    private void LeaveUnlessHeardOf()
    {
        if (!_isHeardOf)
            DeactivateOnIdle();
    }

    /// <summary>Takes over who the customer is, unless the message is older or says less than what is known.</summary>
    private bool Learn(CustomerProfile? incoming)
    {
        if (incoming is null || incoming.UpdatedAt < State.Profile?.UpdatedAt)
            return false;
        var next = incoming with
        {
            Email = incoming.Email ?? State.Profile?.Email,
            ExternalId = incoming.ExternalId ?? State.Profile?.ExternalId,
            UpdatedAt = incoming.UpdatedAt ?? State.Profile?.UpdatedAt,
        };
        if (next == State.Profile)
            return false;
        State.Profile = next;
        return true;
    }

    /// <summary>
    /// Recharge's own count of the customer's subscriptions comes with most webhooks. If we know as many, the list is whole, and nothing
    /// has to be read before the first event can be told.
    /// </summary>
    private bool LearnWhetherComplete(WebhookMessage message)
    {
        if (State.IsComplete || message.CustomerSubscriptions is not { } all
            || State.Subscriptions.Values.Count(record => record.Snapshot.Status != SubscriptionStatus.Deleted) < all)
        {
            return false;
        }

        State.IsComplete = true;
        return true;
    }

    private bool TakeOver(CustomerSnapshot snapshot, CustomerContext context)
    {
        var changed = Learn(snapshot.Profile);
        foreach (var incoming in snapshot.Subscriptions)
        {
            var known = State.Subscriptions.GetValueOrDefault(incoming.Id);
            var next = SubscriptionRules.Read(known, incoming, context, snapshot.ReadAt);
            if (next != known)
            {
                State.Subscriptions[incoming.Id] = next;
                changed = true;
            }
        }

        changed |= TellOverdue(context);
        if (snapshot.IsComplete)
        {
            changed |= MarkMissingAsDeleted(snapshot) | !State.IsComplete;
            State.IsComplete = true;
        }

        return changed;
    }

    private bool TellOverdue(CustomerContext context)
    {
        var now = time.GetUtcNow();
        var overdue = State.Subscriptions.Values.Where(record => record.ActivationsHeld.Length > 0)
            .Select(record => (Before: record, Verdict: SubscriptionRules.Overdue(record, context, now)))
            .Where(pair => pair.Verdict.Next != pair.Before).Select(pair => pair.Verdict).ToList();
        foreach (var verdict in overdue)
        {
            State.Subscriptions[verdict.Next.Snapshot.Id] = verdict.Next;
            foreach (var draft in verdict.Told)
                Tell(draft, now, context);
        }

        return overdue.Count > 0;
    }

    private void Tell(EventDraft draft, DateTimeOffset receivedAt, CustomerContext context)
    {
        var name = EventKinds.NameOf(draft.Kind);
        if (!context.Events.Contains(draft.Kind))
        {
            // It counts as told all the same: enabling an event later must not tell what is past.
            Note(receivedAt, name, "not_enabled", draft.SubscriptionId);
            return;
        }

        State.Pending.Add(new PendingEvent
        {
            Sequence = ++State.Sequence,
            EventId = draft.EventId,
            Kind = draft.Kind,
            OccurredAt = draft.OccurredAt,
            ReceivedAt = receivedAt,
            PropertiesJson = draft.PropertiesJson,
            TraceParent = Tracing.Place,
        });
        Note(receivedAt, name, State.Profile?.Email is null ? "waiting_for_email" : "told", draft.SubscriptionId, draft.EventId);
    }

    private void Note(DateTimeOffset at, string what, string outcome, long? subscriptionId, string? eventId = null)
    {
        State.Timeline.Add(new TimelineEntry { At = at, What = what, Outcome = outcome, SubscriptionId = subscriptionId, EventId = eventId });
        if (State.Timeline.Count > TimelineLength)
            State.Timeline.RemoveRange(0, State.Timeline.Count - TimelineLength);
    }
}
