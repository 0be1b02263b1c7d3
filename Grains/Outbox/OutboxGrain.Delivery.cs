using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Outbox;

/// <content>Sends the segments, oldest first, one push at a time.</content>
internal sealed partial class OutboxGrain
{
    /// <summary>Works on the oldest segment. A segment that cannot be finished is tried again after the pause that is answered.</summary>
    private async Task<TimeSpan?> DeliverNextAsync(CancellationToken stopping)
    {
        await LogDeliveriesAsync();
        var settings = State.Settings;
        var number = Math.Max(_log.First, State.DeliveredThrough + 1);
        if (settings is null || settings.Held || number >= _log.End)
            return null;

        // Sealed while it is out: what is appended from now on goes with the next push.
        if (_log.Open == number)
            _log.Seal();
        await _log.WhenDurableAsync();
        var events = await _log.ReadAsync(number);
        var pause = await DeliverAsync(events, settings, stopping);
        if (pause is not null)
            return pause;

        await FinishAsync(number, events);
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan?> DeliverAsync(IReadOnlyList<OutboundEvent> events, OutboxSettings settings, CancellationToken stopping)
    {
        var parts = new Stack<List<int>>();
        parts.Push(Sendable(events, settings));
        while (parts.TryPop(out var part))
        {
            if (part.Count == 0)
                continue;
            var account = _grains.GetGrain<IOmetriaAccountGrain>(settings.OmetriaAccount.ToString());
            List<byte[]> records = [.. part.Select(i => RecordOf(events[i]))];
            var result = await account.PushAsync(_key.ToString(), records, CallPriority.Live, stopping);
            switch (result.Outcome)
            {
                case PushOutcome.Accepted:
                    Settle(part, result.Rejected >= part.Count ? DeliveryStatus.Rejected : DeliveryStatus.Sent, result, RejectionOf(part, result));
                    // Which ones it does not say, but how many.
                    if (result.Rejected < part.Count)
                        (State.Sent, State.Rejected) = (State.Sent - result.Rejected, State.Rejected + result.Rejected);
                    Recovered();
                    break;
                case PushOutcome.BadBatch when part.Count == 1:
                    Settle(part, DeliveryStatus.DeadLettered, result, result.Detail ?? $"Ometria answered {result.Status}.");
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
        var sendable = new List<int>();
        for (var i = 0; i < events.Count; i++)
        {
            if (State.Settled.ContainsKey(i))
                continue;
            if (!settings.Events.Contains(events[i].Kind))
                Settle([i], DeliveryStatus.Suppressed, null, "This event is no longer enabled.");
            else if (RecordOf(events[i]).Length > RecordWriter.MaxRecordBytes)
                Settle([i], DeliveryStatus.DeadLettered, null, "The record is larger than Ometria takes (60,000 bytes).");
            else
                sendable.Add(i);
        }

        return sendable;
    }

    private byte[] RecordOf(OutboundEvent told) => RecordWriter.Event(told, TypeOf(told.Kind), told.OccurredAt);

    private void Settle(IReadOnlyList<int> part, DeliveryStatus status, PushResult? result, string? error)
    {
        foreach (var i in part)
        {
            State.Settled[i] = new Settlement
            {
                Status = status,
                At = _time.GetUtcNow(),
                RequestId = result?.RequestId,
                Error = error,
                Attempts = result is null ? 0 : _failures + 1,
            };
        }

        _waiting -= part.Count;
    }

    private static string? RejectionOf(List<int> part, PushResult result) => result.Rejected switch
    {
        0 => null,
        _ when result.Rejected >= part.Count => "Ometria rejected the record.",
        _ => $"Ometria rejected {result.Rejected} of the {part.Count} records of this push and does not say which.",
    };

    private TimeSpan Failed(PushResult result)
    {
        _failures++;
        if (_failingSince is null)
        {
            _failingSince = _time.GetUtcNow();
            LogDeliveryFailing(result.Outcome, result.Status, _key.ConnectionId);
        }

        _lastFailure = result.Status is { } status ? $"Ometria answered {status}." : "Ometria could not be reached.";
        var pause = Backoff.After(_failures);
        return result.RetryAfter > pause ? result.RetryAfter.Value : pause;
    }

    private void Recovered()
    {
        if (_failingSince is not null)
            LogDeliveryRecovered(_key.ConnectionId);
        (_failingSince, _lastFailure, _failures) = (null, null, 0);
    }

    private async Task FinishAsync(long number, IReadOnlyList<OutboundEvent> events)
    {
        State.DeliveredThrough = number;
        for (var i = 0; i < events.Count; i++)
        {
            var settlement = State.Settled[i];
            State.Unlogged.Add(EntryOf(events[i], settlement));
            if (settlement.Status == DeliveryStatus.DeadLettered)
                State.DeadLetteredSince ??= settlement.At;
            _ = settlement.Status switch
            {
                DeliveryStatus.Sent => State.Sent++,
                DeliveryStatus.Rejected => State.Rejected++,
                DeliveryStatus.DeadLettered => State.DeadLettered++,
                _ => State.Suppressed++,
            };
        }

        State.Settled = [];
        await SaveAsync();
        await LogDeliveriesAsync();
        if (number - _log.First >= KeptSegments)
            await MergeAsync(number);
    }

    private async Task LogDeliveriesAsync()
    {
        if (State.Unlogged.Count == 0)
            return;
        var entries = State.Unlogged;
        foreach (var day in entries.GroupBy(entry => DateOnly.FromDateTime(entry.ReceivedAt.UtcDateTime)))
            await _grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(_key, day.Key).ToString()).AppendAsync([.. day]);
        // Written down with the next change; a repeated line is recognised by its event id.
        State.Unlogged = [];
    }

    private async Task MergeAsync(long through)
    {
        var sequences = new Dictionary<long, long>();
        for (var number = _log.First; number <= through; number++)
        {
            foreach (var told in await _log.ReadAsync(number))
                sequences[told.CustomerId] = Math.Max(told.Sequence, sequences.GetValueOrDefault(told.CustomerId));
        }

        await _ledger.MergeAsync(sequences);
        await _log.TrimAsync(through);
        foreach (var (customer, sequence) in sequences)
        {
            if (_unmerged.GetValueOrDefault(customer) <= sequence)
                _unmerged.Remove(customer);
        }
    }
}
