using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Contacts;

/// <inheritdoc cref="IContactBookGrain"/>
[GrainType("rg-contact-book"), Reentrant]
internal sealed partial class ContactBookGrain : Grain, IContactBookGrain
{
    private const int SegmentSize = 250;

    private readonly IPersistentState<ContactBookState> _store;
    private readonly IGrainFactory _grains;
    private readonly SegmentLog<ContactChange> _log;
    private readonly SentContacts _sent;
    private readonly Dictionary<long, ChangeEntry> _changes = [];
    private readonly SemaphoreSlim _pushing = new(1);

    public ContactBookGrain(
        [PersistentState("contact-book")] IPersistentState<ContactBookState> store,
        [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
        IGrainContext context,
        IGrainFactory grains)
    {
        _store = store;
        _grains = grains;
        _log = new SegmentLog<ContactChange>(storage, context.GrainId, "change", SegmentSize);
        _sent = new SentContacts(storage, context.GrainId);
    }

    private string Lane => $"{this.GetPrimaryKeyString()}/contacts";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _log.LoadAsync((number, changes) =>
        {
            foreach (var change in changes)
                _changes[change.CustomerId] = new ChangeEntry(change, number, null);
        });
        await _log.FenceAsync();
    }

    public async Task RecordAsync(ContactChange change)
    {
        var known = _changes.GetValueOrDefault(change.CustomerId);
        await KeepAsync(
        [
            change with
            {
                MayBeAhead = known?.Change.MayBeAhead ?? false,
                AheadAs = known?.Change.AheadAs,
                // Unsent until the daily sync or the import has sent it, and with that forgotten it.
                IsUnsent = known?.Change.IsUnsent ?? change.IsUnsent,
                MustSend = change.MustSend || known?.Change.MustSend == true,
            },
        ]);
    }

    private async Task KeepAsync(IReadOnlyList<ContactChange> changes)
    {
        var durable = _log.AppendAsync(changes);
        foreach (var change in changes)
            _changes[change.CustomerId] = new ChangeEntry(change, _log.Open!.Value, _changes.GetValueOrDefault(change.CustomerId)?.SentAs);
        await durable.OrDeactivateAsync(this);
    }

    public async Task<ContactPushResult> PushChangesAsync(AccountKey ometriaAccount, int maxBatches)
    {
        await _pushing.WaitAsync();
        try
        {
            return await PushAsync(ometriaAccount, maxBatches).OrDeactivateAsync(this);
        }
        finally
        {
            _pushing.Release();
        }
    }

    public async Task<IReadOnlyList<long>?> ListActiveAsync(int part)
    {
        if (part >= SentContacts.Buckets)
            return null;
        // Those that are not sent yet too: some have gone ahead of an event.
        var changed = _changes.Values.Select(entry => entry.Change).Where(change => change.Numbers != default && SentContacts.BucketOf(change.CustomerId) == part);
        return [.. (await _sent.ActiveAsync(part)).Union(changed.Select(change => change.CustomerId))];
    }

    public Task<ContactBookStatus> GetStatusAsync() => Task.FromResult(
        new ContactBookStatus { Sent = _store.State.Sent, Rejected = _store.State.Rejected, Changed = _changes.Count });

    private async Task<ContactPushResult> PushAsync(AccountKey ometriaAccount, int maxBatches)
    {
        var candidates = Candidates(maxBatches * RecordWriter.MaxBatch);
        var sent = await _sent.OpenAsync(candidates);
        // Those that went ahead of an event, and have not changed since, are at Ometria already. Not those who have left an address behind, which has to be
        // cleared, and not those who have one that another one leaves behind: its zeros must not be the last word under it.
        var left = sent.LeftBehind(candidates);
        var (movers, leftBehind) = (left.Select(change => change.CustomerId).ToHashSet(), left.Select(change => change.Email).ToHashSet(StringComparer.OrdinalIgnoreCase));
        var introduced = candidates.Where(change =>
            _changes.GetValueOrDefault(change.CustomerId)?.SentAs == change && !movers.Contains(change.CustomerId) && !leftBehind.Contains(change.Email)).ToList();
        await sent.RememberAsync(introduced);
        Forget(introduced);
        // Those that went ahead and changed since differ, whatever is remembered of them; and so do those that are doubted.
        var open = candidates.Except(introduced).ToLookup(change => change.MayBeAhead || change.MustSend || leftBehind.Contains(change.Email));
        List<ContactChange> differing = [.. open[true], .. sent.Differing(open[false])];
        Forget(candidates.Except(differing));
        differing = [.. differing.OrderBy(change => leftBehind.Contains(change.Email))];
        var account = _grains.GetKnown<IOmetriaAccountGrain>(ometriaAccount.ToString());
        var tally = new PushTally();
        foreach (var batch in differing.Chunk(RecordWriter.MaxBatch))
        {
            if (tally.Failure is not null)
                break;
            await PushAsync(account, batch, sent, tally);
        }

        await CloseAsync(tally);
        return new ContactPushResult { Sent = tally.Sent, Rejected = tally.Rejected, Left = _changes.Count, Failure = tally.Failure };
    }

    /// <summary>
    /// What is to be sent next: together what was remembered in the same record, and first the records that most is in, so that as few as possible
    /// are read and written.
    /// </summary>
    private List<ContactChange> Candidates(int most) =>
    [
        .. _changes.Values.Select(entry => entry.Change).GroupBy(change => SentContacts.BucketOf(change.CustomerId)).OrderByDescending(bucket => bucket.Count())
            .SelectMany(bucket => bucket).Take(most),
    ];

    /// <summary>
    /// Sends zeros under addresses that are no longer a contact's, before its numbers go out under the new one. Ometria clusters contacts
    /// by address into profiles, and does not say that the former one's profile forgets what it was told (support article on merging).
    /// </summary>
    private async Task ClearFormerAddressesAsync(IOmetriaAccountGrain account, IReadOnlyList<ContactChange> former, PushTally tally)
    {
        foreach (var batch in former.Chunk(RecordWriter.MaxBatch))
        {
            var result = await account.PushAsync(Lane, [.. batch.Select(RecordWriter.Contact)], CallPriority.BackFill);
            if (result.Outcome == PushOutcome.BadBatch && batch.Length > 1)
            {
                // One by one, so that an address which Ometria no longer takes keeps no other from being cleared.
                foreach (var change in batch)
                    await ClearFormerAddressesAsync(account, [change], tally);
            }
            else if (result.Outcome is not (PushOutcome.Accepted or PushOutcome.BadBatch))
            {
                tally.Failure = FailureOf(result);
            }

            if (tally.Failure is not null)
                return;
        }
    }

    private static string FailureOf(PushResult result) =>
        StatusWords.Of("Ometria", result.Status);

    /// <summary>Pushes a batch; one that is refused as a whole is halved until the contact at fault stands alone.</summary>
    private async Task PushAsync(IOmetriaAccountGrain account, IReadOnlyList<ContactChange> batch, SentRecords sent, PushTally tally)
    {
        // As they are now: while the ones before were sent, numbers may have changed and even gone ahead of an event.
        batch = [.. batch.Select(change => _changes.GetValueOrDefault(change.CustomerId)?.Change).OfType<ContactChange>()];
        if (batch.Count == 0)
            return;
        await ClearFormerAddressesAsync(account, sent.LeftBehind(batch), tally);
        if (tally.Failure is not null)
            return;
        var result = await account.PushAsync(Lane, [.. batch.Select(RecordWriter.Contact)], CallPriority.BackFill);
        switch (result.Outcome)
        {
            case PushOutcome.Accepted:
                tally.Sent += batch.Count - result.Rejected;
                tally.Rejected += result.Rejected;
                // Rejected as a whole, it was not sent; which ones of several were rejected Ometria does not say.
                if (result.Rejected < batch.Count)
                    await sent.RememberAsync(batch);
                Forget(batch);
                break;
            case PushOutcome.BadBatch when batch.Count > 1:
                await PushAsync(account, [.. batch.Take(batch.Count / 2)], sent, tally);
                if (tally.Failure is null)
                    await PushAsync(account, [.. batch.Skip(batch.Count / 2)], sent, tally);
                break;
            case PushOutcome.BadBatch:
                // Sending the same again would be refused again. The contact's next change is tried anew.
                tally.Rejected++;
                Forget(batch);
                break;
            default:
                tally.Failure = FailureOf(result);
                break;
        }
    }

    private void Forget(IEnumerable<ContactChange> done)
    {
        foreach (var change in done)
        {
            if (!_changes.TryGetValue(change.CustomerId, out var entry))
                continue;
            if (entry.Change == change)
                _changes.Remove(change.CustomerId);
            else
                // It has changed again since, and what went ahead meanwhile was perhaps overwritten by this.
                _changes[change.CustomerId] = entry with { SentAs = null };
        }
    }

    private async Task CloseAsync(PushTally tally)
    {
        _store.State.Sent += tally.Sent;
        _store.State.Rejected += tally.Rejected;
        if (tally.Sent + tally.Rejected > 0)
            await _store.WriteStateAsync();
        // What is recorded from here on goes into a segment that is kept.
        _log.Seal();
        var firstNeeded = _changes.Count == 0 ? _log.End : _changes.Values.Min(entry => entry.Segment);
        if (firstNeeded > _log.First)
        {
            await _log.WhenDurableAsync();
            await _log.TrimAsync(firstNeeded - 1);
        }
    }

    /// <summary>What changed, where it is in the log, and what was sent of it ahead of an event.</summary>
    private sealed record ChangeEntry(ContactChange Change, long Segment, ContactChange? SentAs);

    private sealed class PushTally
    {
        public int Sent { get; set; }

        public int Rejected { get; set; }

        public string? Failure { get; set; }
    }
}
