using RechargeGrains.Deliveries;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <content>Gives events the timestamp that lets them enter their automation: the 4-hour rule and the 1,000 rule.</content>
internal sealed partial class OutboxGrain
{
    /// <summary>Customers whose last event has a timestamp in the future, so that the next one does not overtake it there.</summary>
    private readonly Dictionary<long, DateTimeOffset> _future = [];

    private async Task StampAsync(IReadOnlyList<OutboundEvent> events, List<int> part, Sending sending, OutboxSettings settings)
    {
        var now = _time.GetUtcNow();
        foreach (var past in _future.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList())
            _future.Remove(past);

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
                wanted.Add((i, new StampRequest(TypeOf(told.Kind), late == LateHandling.Restamped ? now : told.OccurredAt, late == LateHandling.Restamped, FutureOf(told))));
        }

        if (wanted.Count == 0)
            return;
        var account = _grains.GetGrain<IOmetriaAccountGrain>(settings.OmetriaAccount.ToString());
        var stamps = await account.StampAsync([.. wanted.Select(item => item.Request)]);
        foreach (var ((position, request), at) in wanted.Zip(stamps))
        {
            sending.Stamps[position] = new Stamp(at, request.IsLate ? LateHandling.Restamped : LateHandling.None, Paced: at > request.Wanted);
            if (at > now)
                NoteFuture(events[position], at, at > request.Wanted);
        }
    }

    private DateTimeOffset? FutureOf(OutboundEvent told) => _future.TryGetValue(told.CustomerId, out var at) ? at : null;

    private void NoteFuture(OutboundEvent told, DateTimeOffset at, bool isPaced)
    {
        _future[told.CustomerId] = at;
        if (!isPaced)
            return;
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
