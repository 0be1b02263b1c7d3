using RechargeGrains.Contacts;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <content>Reads back what Ometria found wrong after it had said that it took it.</content>
internal sealed partial class OutboxGrain
{
    private static readonly TimeSpan ErrorsShown = TimeSpan.FromHours(24);

    /// <summary>How many days back an event is looked for that an error names: as long as events may wait, and some.</summary>
    private const int DaysSearched = 7;

    /// <summary>Events pushed since the last reading; the last one is enough to say whose an error is that names nobody.</summary>
    private int _pushedSincePoll;

    private OutboundEvent? _lastPushed;

    private long _recordsPushedBefore;

    /// <summary>Days of the log whose events were pushed since the grain woke: of replays and of what waited long, older than <see cref="DaysSearched"/>.</summary>
    private readonly HashSet<DateOnly> _daysPushed = [];

    private async Task<TimeSpan?> PollErrorsAsync(CancellationToken stopping)
    {
        if (State.Settings is not { Held: false } settings)
            return null;
        var (pushed, last) = (_pushedSincePoll, _lastPushed);
        var account = _grains.GetKnown<IOmetriaAccountGrain>(settings.OmetriaAccount.ToString());
        // A reading that another connection of the account has just caused will do, unless something was pushed since.
        if (await account.ListErrorsAsync(pushed > 0 ? TimeSpan.Zero : _schedule.ErrorPollEvery / 2) is { } list)
        {
            // The only one of all connections of the account, contacts among them.
            var isOnly = pushed == 1 && list.RecordsPushed - _recordsPushedBefore == 1;
            _recordsPushedBefore = list.RecordsPushed;
            _pushedSincePoll -= pushed;
            await ActOnAsync(list.Errors, isOnly ? last : null);
        }

        return _schedule.ErrorPollEvery;
    }

    private void NotePush(IReadOnlyList<OutboundEvent> events, List<int> part)
    {
        _pushedSincePoll += part.Count;
        _lastPushed = events[part[^1]];
        _daysPushed.UnionWith(part.Select(i => DayOf(events[i].ReceivedAt)));
    }

    private async Task ActOnAsync(IReadOnlyList<PushError> errors, OutboundEvent? onlyPushed)
    {
        var watch = State.Errors;
        var lines = errors.Select(PushErrorRules.LineOf).ToList();
        var nameless = new List<PushError>();
        foreach (var fresh in PushErrorRules.Fresh(errors, watch.Seen))
        {
            if (fresh.RecordId is null)
                nameless.Add(fresh);
            else if (!await IsSettledAsync(fresh) && (State.Sending is not null || State.Unlogged.Count > 0))
                // It may be about what is being written down just now: looked at again next time.
                lines.Remove(PushErrorRules.LineOf(fresh));
        }

        if (watch.IsKnown && nameless.Count > 0)
            await SettleNamelessAsync(nameless, onlyPushed);
        watch.Seen = lines;
        watch.IsKnown = true;
        await SaveAsync();
        await LogDeliveriesAsync();
    }

    /// <summary>Whether the error was put to the record it names.</summary>
    private async Task<bool> IsSettledAsync(PushError error)
    {
        if (PushErrorRules.ContactOf(error) is { } customer)
            return await _grains.GetKnown<IContactBookGrain>(_key.ToString()).NoteInvalidAsync(customer);
        return EventIds.IsOurs(error.RecordId!) && await FindAsync(error.RecordId!) is { } line && Mark(line, error, PushErrorRules.Words(error));
    }

    private async Task SettleNamelessAsync(List<PushError> nameless, OutboundEvent? onlyPushed)
    {
        if (nameless is [var error] && onlyPushed is not null
            && PushErrorRules.HasPath(RecordWriter.Event(onlyPushed, TypeOf(onlyPushed.Kind), onlyPushed.OccurredAt), error.Path)
            && await FindAsync(onlyPushed.EventId) is { } line
            && Mark(line, error, $"{PushErrorRules.Words(error)} (Ometria names no record; this was the only one sent before the error appeared.)"))
        {
            return;
        }

        var watch = State.Errors;
        var now = _time.GetUtcNow();
        watch.Unmatched = (watch.UnmatchedAt > now - ErrorsShown ? watch.Unmatched : 0) + nameless.Count;
        (watch.UnmatchedAt, watch.UnmatchedPath) = (now, nameless[^1].Path);
    }

    private async Task<DeliveryEntry?> FindAsync(string eventId)
    {
        var today = DayOf(_time.GetUtcNow());
        foreach (var day in Enumerable.Range(0, DaysSearched + 1).Select(back => today.AddDays(-back)).Concat(_daysPushed).Distinct().ToList())
        {
            if (await LogOf(day).FindAsync(eventId) is { } line)
                return line;
        }

        return null;
    }

    /// <summary>Written down together with the counters and with what was seen, then logged.</summary>
    private bool Mark(DeliveryEntry line, PushError error, string words)
    {
        // An error of a former push says nothing of the one that was accepted since.
        if (line.Status != DeliveryStatus.Sent || (error.RequestId is not null && line.RequestId is not null && error.RequestId != line.RequestId))
            return true;
        State.Unlogged.Add(line with { Status = DeliveryStatus.Rejected, Error = words });
        _mayBeLogged = _isMarked = true;
        // One with a remark is counted already: the push had said how many were rejected, and not which.
        if (line.Error is null && !line.IsTest)
            (State.Sent, State.Rejected) = (State.Sent - 1, State.Rejected + 1);
        if (!line.IsTest)
            _metrics.FoundInvalid();
        LogFoundInvalid(1, _key.ConnectionId);
        return true;
    }
}
