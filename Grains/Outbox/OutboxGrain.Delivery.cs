using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Outbox;

/// <content>Sends the segments, oldest first, one push at a time.</content>
internal sealed partial class OutboxGrain
{
    /// <summary>A bound; beyond it the daily sync is the first that Ometria hears of somebody.</summary>
    private const int MaxNotIntroduced = 1_000;

    private DateTimeOffset? _failingSince;
    private string? _lastFailure;
    private int _failures;
    private DateTimeOffset? _oldestWaitingAt;

    /// <summary>Works on the oldest segment. A segment that cannot be finished is tried again after the pause that is answered.</summary>
    private async Task<TimeSpan?> DeliverNextAsync(CancellationToken stopping)
    {
        await LogDeliveriesAsync();
        var settings = State.Settings;
        var number = Math.Max(_log.First, State.DeliveredThrough + 1);
        if (settings is null || settings.Held || number >= _log.EndOfItems)
        {
            _oldestWaitingAt = null;
            Report();
            return null;
        }

        // Sealed while it is out: what is appended from now on goes with the next push.
        var events = _log.Open == number ? _log.Seal() : null;
        await _log.WhenDurableAsync();
        events ??= await _log.ReadAsync(number);
        _oldestWaitingAt = events.Where(told => !told.IsReplay).Min(told => (DateTimeOffset?)told.ReceivedAt);
        Report();
        if (State.Sending?.Segment != number)
            State.Sending = new Sending { Segment = number };
        var pause = await DeliverAsync(events, State.Sending, settings, stopping);
        if (pause is not null)
            return pause;

        await FinishAsync(number, events);
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan?> DeliverAsync(
        IReadOnlyList<OutboundEvent> events, Sending sending, OutboxSettings settings, CancellationToken stopping)
    {
        var parts = new Stack<List<int>>();
        parts.Push(Sendable(events, settings));
        while (parts.TryPop(out var part))
        {
            if (part.Count == 0)
                continue;
            if (await IntroduceAsync(events, part, settings) is { } notIntroduced)
                return Failed(notIntroduced);
            await StampAsync(events, part, sending, settings);
            var result = await PushAsync(events, part, sending, settings, stopping);
            switch (result.Outcome)
            {
                case PushOutcome.Accepted:
                    SettleAccepted(events, part, result);
                    Recovered();
                    break;
                case PushOutcome.BadBatch when part.Count == 1:
                    Settle(events, part, DeliveryStatus.DeadLettered, result, string.IsNullOrWhiteSpace(result.Detail) ? $"Ometria answered {result.Status}." : result.Detail);
                    LogDeadLettered(result.Status, _key.ConnectionId);
                    break;
                case PushOutcome.BadBatch:
                    parts.Push(part[(part.Count / 2)..]);
                    parts.Push(part[..(part.Count / 2)]);
                    continue;
                default:
                    return Failed(result);
            }

            // Sent in parts: what is settled must not be sent again after a crash in the middle.
            if (parts.Count > 0)
                await SaveAsync();
        }

        return null;
    }

    /// <summary>Positions that are still to be sent; what may not or cannot be sent is settled on the way.</summary>
    private List<int> Sendable(IReadOnlyList<OutboundEvent> events, OutboxSettings settings)
    {
        var before = State.Settled.Keys.ToHashSet();
        var now = _time.GetUtcNow();
        var sendable = new List<int>();
        for (var i = 0; i < events.Count; i++)
        {
            var told = events[i];
            if (State.Settled.ContainsKey(i))
                continue;
            if (!settings.Events.Contains(told.Kind))
                Settle(events, [i], DeliveryStatus.Suppressed, null, "This event is no longer enabled.");
            else if (LateRules.Decide(told.OccurredAt, now, settings.LateEvents) == LateHandling.Skipped)
                Settle(events, [i], DeliveryStatus.Suppressed, null, "It was too old to start a campaign, and late events are skipped.", new Stamp(told.OccurredAt, LateHandling.Skipped, Paced: false));
            else if (RecordWriter.MayBeTooLarge(told) && RecordWriter.Event(told, TypeOf(told.Kind), told.OccurredAt).Length > RecordWriter.MaxRecordBytes)
                Settle(events, [i], DeliveryStatus.DeadLettered, null, "The record is larger than Ometria takes (60,000 bytes).");
            else
                sendable.Add(i);
        }

        // Whose first event is not sent is introduced with the next one.
        foreach (var first in State.Settled.Keys.Except(before).Select(i => events[i]).Where(told => told.Sequence == 1 && State.NotIntroduced.Count < MaxNotIntroduced))
            State.NotIntroduced.Add(first.CustomerId);
        return sendable;
    }

    /// <summary>
    /// Has contacts sent that Ometria has never seen, before their first event. Whether an event of a person it does not know is kept is not
    /// documented (fact sheet on custom events), so it is not left to chance.
    /// </summary>
    /// <returns>Why it could not be done, or null.</returns>
    private async Task<PushResult?> IntroduceAsync(IReadOnlyList<OutboundEvent> events, List<int> part, OutboxSettings settings)
    {
        var firsts = part.Select(i => events[i]).Where(told => told.Sequence == 1 || State.NotIntroduced.Contains(told.CustomerId)).DistinctBy(told => told.CustomerId)
            .Select(told => new ContactName(told.CustomerId, told.Email, told.IsRecorded)).ToList();
        if (firsts.Count == 0)
            return null;
        var failure = await _grains.GetKnown<IContactBookGrain>(_key.ToString()).IntroduceAsync(settings.OmetriaAccount, firsts);
        if (failure is null)
            State.NotIntroduced.ExceptWith(firsts.Select(first => first.CustomerId));
        return failure;
    }

    private async Task<PushResult> PushAsync(
        IReadOnlyList<OutboundEvent> events, List<int> part, Sending sending, OutboxSettings settings, CancellationToken stopping)
    {
        // One that ended in an exception may have been accepted too.
        sending.Unknown.UnionWith(sending.Out);
        // Counted before the push and taken back if it went nowhere: a crash in the middle must not hide that it was sent again.
        var repeated = part.Where(sending.Unknown.Contains).ToList();
        CountRepeats(repeated, sending, 1);
        sending.Out = [.. part];
        await SaveAsync();
        var account = _grains.GetKnown<IOmetriaAccountGrain>(settings.OmetriaAccount.ToString());
        List<byte[]> records = [.. part.Select(i => RecordWriter.Event(events[i], TypeOf(events[i].Kind), sending.Stamps[i].At))];
        List<OutboundEvent> pushed = [.. part.Select(i => events[i])];
        using var trace = Tracing.StartPush(pushed);
        var result = await account.PushAsync(_key.ToString(), records, CallPriority.Live, stopping);
        Tracing.Answered(trace, pushed, SnakeCase.NameOf(result.Outcome), isError: result.Outcome != PushOutcome.Accepted);
        sending.Out = [];
        if (result.Status is not null || result.MayHaveArrived)
            part.ForEach(i => sending.Attempts[i] = sending.Attempts.GetValueOrDefault(i) + 1);
        if (result.MayHaveArrived)
            sending.Unknown.UnionWith(part);
        if (result.Outcome != PushOutcome.Accepted && !result.MayHaveArrived)
            CountRepeats(repeated, sending, -1);
        else if (repeated.Count > 0)
            NoteRepeated(repeated.Count);
        // A refusal is no acceptance, also for whoever goes on after a restart.
        if (result.Outcome != PushOutcome.Accepted)
            await SaveAsync();
        return result;
    }

    private void NoteRepeated(int events)
    {
        LogRepeated(events, _key.ConnectionId);
        _metrics.SentOnceMore(events);
    }

    private void CountRepeats(List<int> repeated, Sending sending, int by)
    {
        State.Repeated += by * repeated.Count;
        repeated.ForEach(i => sending.Repeats[i] = sending.Repeats.GetValueOrDefault(i) + by);
    }

    private void SettleAccepted(IReadOnlyList<OutboundEvent> events, List<int> part, PushResult result)
    {
        // Named one by one, all of them, or some that nobody names.
        var named = part.Where(i => result.RejectedIds.Contains(events[i].EventId)).ToList();
        if (result.Rejected >= part.Count)
            named = part;
        var others = part.Except(named).ToList();
        var unnamed = Math.Max(0, result.Rejected - named.Count);
        Settle(events, named, DeliveryStatus.Rejected, result, "Ometria rejected the record.");
        Settle(events, others, DeliveryStatus.Sent, result, unnamed == 0 ? null : $"Ometria rejected {unnamed} of the {others.Count} records of this push and does not say which.");
        (State.Sent, State.Rejected) = (State.Sent - unnamed, State.Rejected + unnamed);
        if (named.Count + unnamed > 0)
            LogRejected(named.Count + unnamed, _key.ConnectionId);
        _errorPoll.Offer();
        NotePush(events, part);
    }

    private void Settle(
        IReadOnlyList<OutboundEvent> events, IReadOnlyList<int> part, DeliveryStatus status, PushResult? result, string? error, Stamp? stamp = null)
    {
        foreach (var i in part)
        {
            State.Settled[i] = new Settlement
            {
                Status = status,
                At = _time.GetUtcNow(),
                RequestId = result?.RequestId,
                Error = error,
                Attempts = State.Sending?.Attempts.GetValueOrDefault(i) ?? 0,
                Repeats = State.Sending?.Repeats.GetValueOrDefault(i) ?? 0,
                Stamp = stamp ?? State.Sending?.Stamps.GetValueOrDefault(i),
            };
            State.Sending?.Unknown.Remove(i);
            Measure(events[i], status);
        }

        _waiting -= part.Count;
        Report();
    }

    private void Measure(OutboundEvent told, DeliveryStatus status)
    {
        if (TestEventId.Is(told.EventId))
            return;
        _metrics.Settled(status);
        // Of one that somebody sends again the webhook came long ago.
        if (status == DeliveryStatus.Sent && !told.IsReplay)
            _metrics.Accepted(_time.GetUtcNow() - told.ReceivedAt);
    }

    private TimeSpan Failed(PushResult result)
    {
        _failures++;
        if (_failingSince is null)
        {
            _failingSince = _time.GetUtcNow();
            LogDeliveryFailing(result.Outcome, result.Status, _key.ConnectionId);
        }

        _lastFailure = result.Outcome == PushOutcome.Unavailable && result.Detail is { } words && result.MayHaveArrived ? words : StatusWords.Of("Ometria", result.Status);
        // The account itself sets the pace after a 429; here it is only not tried at once.
        var pause = Backoff.After(result.Outcome == PushOutcome.Throttled ? 1 : _failures);
        return result.RetryAfter > pause ? result.RetryAfter.Value : pause;
    }

    private void Recovered()
    {
        if (_failingSince is not null)
            LogDeliveryRecovered(_key.ConnectionId);
        (_failingSince, _lastFailure, _failures) = (null, null, 0);
    }
}
