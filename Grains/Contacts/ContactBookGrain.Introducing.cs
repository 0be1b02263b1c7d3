using RechargeGrains.Contacts;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Contacts;

/// <content>Sends contacts that Ometria has never seen ahead of their first event.</content>
internal sealed partial class ContactBookGrain
{
    public async Task<PushResult?> IntroduceAsync(AccountKey ometriaAccount, IReadOnlyList<ContactName> contacts)
    {
        // One that was recorded and is no longer among the changes was sent; so nothing has to be looked up, however many contacts there are.
        var unknown = contacts.Where(contact => _changes.TryGetValue(contact.CustomerId, out var entry)
            ? entry.Change.IsUnsent && entry.SentAs != entry.Change
            : !contact.IsRecorded).ToList();
        if (unknown.Count == 0)
            return null;
        var account = _grains.GetKnown<IOmetriaAccountGrain>(ometriaAccount.ToString());
        var tally = new PushTally();
        var failure = await IntroduceAsync(account, unknown, tally).OrDeactivateAsync(this);
        _store.State.Sent += tally.Sent;
        _store.State.Rejected += tally.Rejected;
        if (tally.Sent + tally.Rejected > 0)
            await _store.WriteStateAsync().OrDeactivateAsync(this);
        return failure;
    }

    public async Task<bool> NoteInvalidAsync(long customerId)
    {
        if (!await _sent.KnowsAsync(customerId) && !_changes.ContainsKey(customerId))
            return false;
        _store.State.Rejected++;
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        return true;
    }

    private async Task<PushResult?> IntroduceAsync(IOmetriaAccountGrain account, IReadOnlyList<ContactName> batch, PushTally tally)
    {
        // Written down first: a crash after the push must not leave Ometria with numbers that nobody knows it has.
        await KeepAsync(
        [
            .. Known(batch).Where(change => !change.MayBeAhead || change.AheadAs?.Contains(change.Email) != true)
                .Select(change => change with { MayBeAhead = true, AheadAs = [.. change.AheadAs ?? [], change.Email] }),
        ]);
        var known = Known(batch);
        List<byte[]> records =
        [
            .. known.Select(RecordWriter.Contact),
            .. batch.ExceptBy(known.Select(change => change.CustomerId), contact => contact.CustomerId).Select(RecordWriter.Contact),
        ];
        // An event waits for it, so it goes as one: in turn with others, before contacts that can take their time.
        var result = await account.PushAsync(Lane, records, CallPriority.Live);
        switch (result.Outcome)
        {
            case PushOutcome.Accepted:
                tally.Sent += batch.Count - result.Rejected;
                tally.Rejected += result.Rejected;
                // Remembered for good with the next daily sync, which does it for many at once.
                known.ForEach(NoteSent);
                return null;
            case PushOutcome.BadBatch when batch.Count > 1:
                return await IntroduceAsync(account, [.. batch.Take(batch.Count / 2)], tally)
                    ?? await IntroduceAsync(account, [.. batch.Skip(batch.Count / 2)], tally);
            case PushOutcome.BadBatch:
                // Its event is sent all the same, and Ometria decides.
                tally.Rejected++;
                return null;
            default:
                return result;
        }
    }

    private List<ContactChange> Known(IReadOnlyList<ContactName> batch) =>
        [.. batch.Select(contact => _changes.GetValueOrDefault(contact.CustomerId)?.Change).OfType<ContactChange>()];

    private void NoteSent(ContactChange change)
    {
        if (_changes.TryGetValue(change.CustomerId, out var entry))
            _changes[change.CustomerId] = entry with { SentAs = change };
    }
}
