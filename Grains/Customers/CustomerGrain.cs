using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain"/>
[GrainType("rg-customer"), CollectionAgeLimit(Minutes = 5)]
internal sealed class CustomerGrain(
    [PersistentState("customer")] IPersistentState<CustomerState> store,
    IGrainFactory grains,
    TimeProvider time) : Grain, ICustomerGrain
{
    private const int TimelineLength = 20;

    private CustomerKey _key;
    private bool _mayBeRepeated;
    private bool _tellsUnread;

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

        if (changed)
        {
            Note(time.GetUtcNow(), "read", "applied", null);
            await SaveAsync();
        }

        await SettleAsync(context);
        return changed ? ApplyOutcome.Applied : ApplyOutcome.Duplicate;
    }

    public async Task<ApplyOutcome> AnnounceChargeAsync(ChargeSnapshot charge, DateOnly today, CustomerContext context)
    {
        var now = time.GetUtcNow();
        var changed = Learn(charge.Customer);
        var draft = ChargeRules.Decide(State.Announced, charge, today, context, now);
        if (draft is not null)
        {
            State.Announced = ChargeRules.With(State.Announced, charge, today);
            Tell(draft, now, context);
            changed = true;
        }

        if (changed)
            await SaveAsync();
        await SettleAsync(context);
        return changed ? ApplyOutcome.Applied : ApplyOutcome.Duplicate;
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

    private bool TellOverdue(CustomerContext context)
    {
        var now = time.GetUtcNow();
        var overdue = State.Subscriptions.Values.Where(record => record.ActivationsHeld.Count > 0)
            .Select(record => SubscriptionRules.Overdue(record, context, now)).Where(verdict => verdict.Told.Count > 0).ToList();
        foreach (var verdict in overdue)
        {
            State.Subscriptions[verdict.Next.Snapshot.Id] = verdict.Next;
            foreach (var draft in verdict.Told)
                Tell(draft, now, context);
        }

        return overdue.Count > 0;
    }

    private bool MarkMissingAsDeleted(CustomerSnapshot snapshot)
    {
        var listed = snapshot.Subscriptions.Select(subscription => subscription.Id).ToHashSet();
        var missing = State.Subscriptions.Values
            .Where(record => record.Snapshot.Status != SubscriptionStatus.Deleted
                && !listed.Contains(record.Snapshot.Id)
                && !(record.ChangedAt >= snapshot.ReadAt))
            .ToList();
        foreach (var record in missing)
        {
            State.Subscriptions[record.Snapshot.Id] = record with
            {
                Snapshot = record.Snapshot with { Status = SubscriptionStatus.Deleted, NextChargeDate = null },
            };
        }

        return missing.Count > 0;
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
        });
        Note(receivedAt, name, State.Profile?.Email is null ? "waiting_for_email" : "told", draft.SubscriptionId, draft.EventId);
    }

    private void Note(DateTimeOffset at, string what, string outcome, long? subscriptionId, string? eventId = null)
    {
        State.Timeline.Add(new TimelineEntry { At = at, What = what, Outcome = outcome, SubscriptionId = subscriptionId, EventId = eventId });
        if (State.Timeline.Count > TimelineLength)
            State.Timeline.RemoveRange(0, State.Timeline.Count - TimelineLength);
    }

    private Task SaveAsync()
    {
        NoteWhatToRecord();
        return store.WriteStateAsync().OrDeactivateAsync(this);
    }

    /// <summary>Hands on what the state says has to be handed on. Repeating it after a failure is harmless.</summary>
    private async Task SettleAsync(CustomerContext context)
    {
        var connection = _key.Connection.ToString();
        var email = State.Profile?.Email;
        var isFirst = State.Pending is [{ Sequence: 1 }, ..];
        var mustWait = email is null;
        if (email is null || !State.IsComplete)
        {
            var mayWait = email is null || (isFirst && !_tellsUnread);
            var isReadSoon = await grains.GetGrain<IRefreshQueueGrain>(connection)
                .AddAsync(_key.CustomerId, mayWait ? State.Pending.Count : 0, canBeTold: email is not null);
            // Who is unknown to Ometria is introduced with right numbers, if that takes no longer than a reading.
            mustWait |= isFirst && isReadSoon && !_tellsUnread;
        }

        // Who has an activation that waits for its cancellation is read when the wait is over, which then tells it.
        if (State.Subscriptions.Values.Min(record => record.HeldSince) is { } heldSince)
            await grains.GetGrain<IRefreshQueueGrain>(connection).AddLaterAsync(_key.CustomerId, heldSince + ActivationRules.WaitsFor);
        var tasks = new List<Task>(3);
        if (email is not null && State.IsComplete)
            tasks.Add(RecordAsync(connection, email));
        // The contact book has to know the numbers before the first event asks for the contact.
        if (isFirst)
            await Task.WhenAll(tasks);
        if (!mustWait && State.Pending.Count > 0)
            tasks.Add(HandOverAsync(connection, email!));
        if (email is not null && email != State.RecordedEmail)
            tasks.Add(grains.GetGrain<IEmailIndexGrain>(EmailKey.Of(_key.Connection, email, context.EmailSalt)).AddAsync(_key.CustomerId));
        await Task.WhenAll(tasks);
        if (email is not null)
            State.RecordedEmail = email;
    }

    private async Task HandOverAsync(string connection, string email)
    {
        List<OutboundEvent> events = [.. State.Pending.Select(pending => pending.To(_key.CustomerId, email))];
        try
        {
            await grains.GetGrain<IOutboxGrain>(connection).EnqueueAsync(events, _mayBeRepeated);
        }
        catch
        {
            // Unknown outcome: the outbox may have taken them.
            _mayBeRepeated = true;
            throw;
        }

        // Written down with the next change. Until then the outbox's ledger knows them.
        State.Pending = [];
        _mayBeRepeated = false;
    }

    private async Task RecordAsync(string connection, string email)
    {
        NoteWhatToRecord();
        if (!State.MustRecord)
            return;
        var recorded = State.Recorded!.Value;
        await grains.GetGrain<IContactBookGrain>(connection)
            .RecordAsync(new ContactChange { CustomerId = _key.CustomerId, Email = email, Numbers = recorded });
        State.MustRecord = (recorded, email) != (State.Recorded, State.RecordedFor);
    }

    private void NoteWhatToRecord()
    {
        if (State.Profile?.Email is not { } email || !State.IsComplete)
            return;
        var numbers = CountRules.Count(State.Subscriptions.Values.Select(record => record.Snapshot));
        if (numbers == State.Recorded && email == State.RecordedFor)
            return;
        (State.Recorded, State.RecordedFor, State.MustRecord) = (numbers, email, true);
    }
}
