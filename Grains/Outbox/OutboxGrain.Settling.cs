using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <content>Writes down what became of a segment: counters, delivery log, ledger.</content>
internal sealed partial class OutboxGrain
{
    /// <summary>Sealed segments that are kept out of the ledger, so that it is written for many events at once.</summary>
    private const int UnmergedSegments = 256;

    /// <summary>Delivered events leave the segments after that time also where few come; the delivery log has its own term.</summary>
    private static readonly TimeSpan KeptDelivered = TimeSpan.FromDays(7);

    /// <summary>Whether what is still to be logged may be in the log already, after a crash in between.</summary>
    private bool _mayBeLogged;

    /// <summary>Whether lines that are there already were changed since.</summary>
    private bool _isMarked;

    private readonly SemaphoreSlim _logging = new(1);

    private DateOnly _ageCheckedOn;

    private bool IsMergeDue => LastSealed - State.MergedThrough >= 2 * UnmergedSegments;

    private long LastSealed => (_log.Open ?? _log.End) - 1;

    private DeliveryEntry EntryOf(OutboundEvent told, Settlement? settlement) => new()
    {
        EventId = told.EventId,
        Type = TypeOf(told.Kind),
        Email = told.Email,
        Status = settlement?.Status ?? DeliveryStatus.Waiting,
        OccurredAt = told.OccurredAt,
        ReceivedAt = told.ReceivedAt,
        SentAt = settlement?.Status is DeliveryStatus.Sent or DeliveryStatus.Rejected ? settlement.At : null,
        Attempts = settlement?.Attempts ?? 0,
        RequestId = settlement?.RequestId,
        Error = settlement?.Error,
        CustomerId = told.CustomerId,
        Kind = told.Kind,
        PropertiesJson = told.PropertiesJson,
        Timestamp = settlement?.Stamp?.At,
        Late = settlement?.Stamp?.Late ?? LateHandling.None,
        Paced = settlement?.Stamp?.Paced ?? false,
        Repeats = settlement?.Repeats ?? 0,
    };

    private async Task FinishAsync(long number, IReadOnlyList<OutboundEvent> events)
    {
        var before = await LinesBeforeAsync(events);
        var entries = events.Select((told, i) => WithHistory(EntryOf(told, State.Settled[i]), before.GetValueOrDefault(i))).ToList();
        // From here on without a wait until it is saved: a state that someone else saves in between would be half of it.
        foreach (var line in before.Values)
            Count(line, -1);
        foreach (var entry in entries)
            Count(entry, 1);
        foreach (var told in events.Where(told => told.IsReplay))
            _replaying.Remove(told.EventId);
        State.Unlogged.AddRange(entries);
        State.DeliveredThrough = number;
        if (number <= State.MergedThrough)
            State.WaitingMerged -= events.Count;
        State.Settled = [];
        State.Sending = null;
        await SaveAsync();
        await LogDeliveriesAsync();
        if (number - _log.First >= UnmergedSegments)
            _merger.Offer();
    }

    /// <summary>The lines that events have already, by position, where they were sent again; their outcome no longer counts.</summary>
    private async Task<Dictionary<int, DeliveryEntry>> LinesBeforeAsync(IReadOnlyList<OutboundEvent> events)
    {
        var lines = new Dictionary<int, DeliveryEntry>();
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].IsReplay && await LogOf(DayOf(events[i].ReceivedAt)).FindAsync(events[i].EventId) is { } line)
                lines[i] = line;
        }

        return lines;
    }

    private static DeliveryEntry WithHistory(DeliveryEntry entry, DeliveryEntry? before) => before is null ? entry : entry with
    {
        Attempts = before.Attempts + entry.Attempts,
        Repeats = before.Repeats + entry.Repeats,
        Replays = before.Replays + 1,
    };

    private void Count(DeliveryEntry entry, int by)
    {
        // A test that fails is nothing that somebody has to mend.
        if (entry.IsTest)
            return;
        _ = entry.Status switch
        {
            DeliveryStatus.Sent => State.Sent += by,
            DeliveryStatus.Rejected => State.Rejected += by,
            DeliveryStatus.DeadLettered => State.DeadLettered += by,
            DeliveryStatus.Suppressed => State.Suppressed += by,
            _ => 0,
        };
        State.DeadLetteredSince = State.DeadLettered <= 0 ? null : State.DeadLetteredSince ?? _time.GetUtcNow();
    }

    private async Task LogDeliveriesAsync()
    {
        await _logging.WaitAsync();
        try
        {
            if (State.Unlogged.Count == 0)
                return;
            List<DeliveryEntry> entries = [.. State.Unlogged];
            var mayBeLogged = _mayBeLogged;
            // Until all of them are there: what fails in between may be half done.
            _mayBeLogged = true;
            foreach (var group in entries.GroupBy(entry => (Day: DayOf(entry.ReceivedAt), HasLine: mayBeLogged || entry.Replays > 0)))
                await LogOf(group.Key.Day).AppendAsync([.. group], group.Key.HasLine);
            // Written down with the next change; a repeated line is recognised by its event id.
            State.Unlogged.RemoveRange(0, entries.Count);
            _mayBeLogged = _isMarked;
            _isMarked = false;
        }
        finally
        {
            _logging.Release();
        }
    }

    private IDeliveryLogGrain LogOf(DateOnly day) => _grains.GetKnown<IDeliveryLogGrain>(new DeliveryDayKey(_key, day).ToString());

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    /// <summary>
    /// Moves into the ledger what segments say of who was taken, so that neither memory nor start-up grows with a backlog, and
    /// removes segments that are in the ledger and answered for.
    /// </summary>
    private async Task<TimeSpan?> MergeAsync(CancellationToken stopping)
    {
        if (IsMergeDue)
            await MergeAsync(LastSealed - UnmergedSegments);
        else if (State.DeliveredThrough - _log.First >= UnmergedSegments || await AreOldAsync())
            await MergeAsync(State.DeliveredThrough);
        await _log.TrimAsync(Math.Min(State.MergedThrough, State.DeliveredThrough)).OrDeactivateAsync(this);
        return null;
    }

    private async Task MergeAsync(long through)
    {
        var sequences = new Dictionary<long, long>();
        var counts = new Dictionary<long, int>();
        for (var number = Math.Max(_log.First, State.MergedThrough + 1); number <= through; number++)
        {
            var events = await _log.ReadAsync(number);
            counts[number] = events.Count;
            foreach (var told in events.Where(told => told.HasNumber))
                sequences[told.CustomerId] = Math.Max(told.Sequence, sequences.GetValueOrDefault(told.CustomerId));
        }

        await _log.WhenDurableAsync();
        await _ledger.MergeAsync(sequences);
        if (through > State.MergedThrough)
        {
            State.MergedThrough = through;
            // Counted now and not before: some may have been delivered meanwhile.
            State.WaitingMerged += counts.Where(pair => pair.Key > State.DeliveredThrough).Sum(pair => pair.Value);
            await SaveAsync();
        }

        foreach (var (customer, sequence) in sequences)
        {
            if (_unmerged.GetValueOrDefault(customer) <= sequence)
                _unmerged.Remove(customer);
        }
    }

    private async Task<bool> AreOldAsync()
    {
        var today = DayOf(_time.GetUtcNow());
        if (_ageCheckedOn == today || State.DeliveredThrough < _log.First)
            return false;
        _ageCheckedOn = today;
        var oldest = await _log.ReadAsync(_log.First);
        return oldest.All(told => told.ReceivedAt < _time.GetUtcNow() - KeptDelivered);
    }
}
