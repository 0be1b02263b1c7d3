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
        var unknown = await _sent.UnknownAsync(contacts);
        if (unknown.Count == 0)
            return null;
        var account = _grains.GetGrain<IOmetriaAccountGrain>(ometriaAccount.ToString());
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
        if ((await _sent.UnknownAsync([new ContactName(customerId, "")])).Count > 0)
            return false;
        _store.State.Rejected++;
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        return true;
    }

    private async Task<PushResult?> IntroduceAsync(IOmetriaAccountGrain account, IReadOnlyList<ContactName> batch, PushTally tally)
    {
        var known = new List<ContactChange>();
        var records = new List<byte[]>(batch.Count);
        foreach (var contact in batch)
        {
            if (_changes.TryGetValue(contact.CustomerId, out var entry))
                known.Add(entry.Change);
            records.Add(entry.Change is { } change ? RecordWriter.Contact(change) : RecordWriter.Contact(contact));
        }

        // An event waits for it, so it goes as one: in turn with others, before contacts that can take their time.
        var result = await account.PushAsync(Lane, records, CallPriority.Live);
        switch (result.Outcome)
        {
            case PushOutcome.Accepted:
                tally.Sent += batch.Count - result.Rejected;
                tally.Rejected += result.Rejected;
                if (result.Rejected < batch.Count)
                    await _sent.RememberAsync(known);
                Forget(known);
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
}
