using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Customers;

/// <content>Saves, and hands on what the state says has to be handed on.</content>
internal sealed partial class CustomerGrain
{
    private async Task SaveAsync()
    {
        NoteWhatToRecord();
        // Before it is written that it was: whoever is forgotten in between would be taken for somebody whom Ometria was never sent, and be sent
        // ahead of the next event once more.
        if (State is { MustRecord: true, IsInBook: false, Profile.Email: { } email })
            await RecordAsync(_key.Connection.ToString(), email, mustSend: false).OrDeactivateAsync(this);
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    /// <summary>Hands on what the state says has to be handed on. Repeating it after a failure is harmless.</summary>
    private async Task SettleAsync(CustomerContext context, bool sendsContact = false)
    {
        var connection = _key.Connection.ToString();
        var email = State.Profile?.Email;
        var isFirst = State.Pending is [{ Sequence: 1 }, ..];
        var mustWait = email is null;
        if (email is null || !State.IsComplete)
        {
            var mayWait = email is null || (isFirst && !_tellsUnread);
            var isReadSoon = await grains.GetKnown<IRefreshQueueGrain>(connection)
                .AddAsync(_key.CustomerId, mayWait ? State.Pending.Count : 0, canBeTold: email is not null);
            // Who is unknown to Ometria is introduced with right numbers, if that takes no longer than a reading.
            mustWait |= isFirst && isReadSoon && !_tellsUnread;
        }

        // Who has an activation that waits for its cancellation is read when the wait is over, which then tells it.
        if (State.Subscriptions.Values.Where(record => record.ActivationsHeld.Length > 0).Min(record => record.HeldSince) is { } heldSince)
            await grains.GetKnown<IRefreshQueueGrain>(connection).AddLaterAsync(_key.CustomerId, heldSince + ActivationRules.WaitsFor);
        var tasks = new List<Task>(3);
        if (email is not null && State.IsComplete)
            tasks.Add(RecordAsync(connection, email, sendsContact));
        // The contact book has to know the numbers before the first event asks for the contact.
        if (isFirst)
            await Task.WhenAll(tasks);
        if (!mustWait && State.Pending.Count > 0)
            tasks.Add(HandOverAsync(connection, email!));
        if (email is not null && email != State.RecordedEmail)
            tasks.Add(grains.GetKnown<IEmailIndexGrain>(EmailKey.Of(_key.Connection, email, context.EmailSalt)).AddAsync(_key.CustomerId));
        await Task.WhenAll(tasks);
        if (email is not null)
            State.RecordedEmail = email;
    }

    private async Task HandOverAsync(string connection, string email)
    {
        List<OutboundEvent> events = [.. State.Pending.Select(pending => pending.To(_key.CustomerId, email, State.Recorded is not null))];
        try
        {
            await grains.GetKnown<IOutboxGrain>(connection).EnqueueAsync(events, _mayBeRepeated);
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

    private async Task RecordAsync(string connection, string email, bool mustSend)
    {
        NoteWhatToRecord();
        if (!State.MustRecord && !mustSend)
            return;
        var recorded = State.Recorded!.Value;
        await grains.GetKnown<IContactBookGrain>(connection)
            .RecordAsync(new ContactChange { CustomerId = _key.CustomerId, Email = email, Numbers = recorded, IsUnsent = !State.IsInBook, MustSend = mustSend });
        State.IsInBook = true;
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
