using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <content>Gives events the timestamp that lets them enter their automation: the 4-hour rule and the 1,000 rule.</content>
internal sealed partial class OutboxGrain
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);

    /// <summary>Customers whose last event has a later timestamp than its own, so that the next one does not overtake it.</summary>
    private readonly Dictionary<long, DateTimeOffset> _moved = [];

    private DateTimeOffset _prunedAt;

    private async Task StampAsync(IReadOnlyList<OutboundEvent> events, List<int> part, Sending sending, OutboxSettings settings)
    {
        var now = _time.GetUtcNow();
        ForgetMoved(now);
        // A repeat keeps its timestamp, unless it got too old for it while Ometria was away.
        var open = part.Where(i => !(sending.Stamps.GetValueOrDefault(i) is { } given && (given.Late == LateHandling.SentLate || now - given.At <= LateRules.InTime))).ToList();
        var wanted = new List<(int Position, StampRequest Request)>();
        foreach (var i in open)
        {
            var told = events[i];
            var late = LateRules.Decide(told.OccurredAt, now, settings.LateEvents);
            // Written for the time it has: it enters nothing, so it takes no room either.
            if (late == LateHandling.SentLate)
                sending.Stamps[i] = new Stamp(told.OccurredAt, late, Paced: false);
            else
                wanted.Add((i, new StampRequest(TypeOf(told.Kind), late == LateHandling.Restamped ? now : told.OccurredAt, late == LateHandling.Restamped, MovedTo(told), told.CustomerId)));
        }

        if (wanted.Count == 0)
            return;
        var account = _grains.GetKnown<IOmetriaAccountGrain>(settings.OmetriaAccount.ToString());
        var stamps = await account.StampAsync([.. wanted.Select(item => item.Request)]);
        foreach (var ((position, request), at) in wanted.Zip(stamps))
        {
            sending.Stamps[position] = new Stamp(at, request.IsLate ? LateHandling.Restamped : LateHandling.None, Paced: at > request.Wanted && SlotBook.IsLater(at, now));
            if (at > events[position].OccurredAt)
                _moved[events[position].CustomerId] = at;
            if (sending.Stamps[position].Paced)
                NotePaced(events[position], at);
        }
    }

    private DateTimeOffset? MovedTo(OutboundEvent told) => _moved.TryGetValue(told.CustomerId, out var at) ? at : null;

    /// <summary>After that time an event with a time of its own is late itself, and gets a newer one.</summary>
    private void ForgetMoved(DateTimeOffset now)
    {
        if (now - _prunedAt < PruneEvery)
            return;
        _prunedAt = now;
        foreach (var past in _moved.Where(pair => pair.Value < now - LateRules.InTime).Select(pair => pair.Key).ToList())
            _moved.Remove(past);
    }

    private void NotePaced(OutboundEvent told, DateTimeOffset at)
    {
        if (!(State.PacedUntil > _time.GetUtcNow()))
        {
            State.Paced = 0;
            LogPaced(TypeOf(told.Kind), _key.ConnectionId);
        }

        State.Paced++;
        if (!(State.PacedUntil >= at))
            State.PacedUntil = at;
    }
}
