using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>Does with the rules what a customer does: keeps a record of each subscription and notes what was told.</summary>
internal sealed class Listener(CustomerContext context)
{
    public Dictionary<long, SubscriptionRecord> Records { get; } = [];

    public List<EventDraft> Told { get; } = [];

    public IReadOnlyList<string> Ids => [.. Told.Select(draft => draft.EventId)];

    public static Listener Of(Delivery delivery, CustomerContext? context = null)
    {
        var listener = new Listener(context ?? Given.Context);
        foreach (var arrival in delivery.Arrivals)
            listener.Hear(arrival);
        return listener;
    }

    public static byte[] Stored(SubscriptionRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, JsonSerializerOptions.Web);

    public void Hear(Arrival arrival)
    {
        if (arrival.Webhook is { } webhook)
            Hear(webhook, arrival.Life.Id, arrival.At);
        else if (arrival.Life.ReadAt(arrival.ReadAt) is { } found)
            Take(found.Id, SubscriptionRules.Overdue(SubscriptionRules.Read(Records.GetValueOrDefault(found.Id), found, context, arrival.ReadAt), context, arrival.At));
    }

    public void Hear(Transition webhook, long id, DateTimeOffset now)
    {
        Take(id, SubscriptionRules.Decide(Records.GetValueOrDefault(id), webhook.Action, webhook.Shown, context, now));
    }

    /// <summary>As a customer does that is compared with what was read.</summary>
    public void Reconcile(Arrival reading, DateTimeOffset settledBefore)
    {
        Hear(reading);
        if (Records.TryGetValue(reading.Life.Id, out var record))
            Take(reading.Life.Id, SubscriptionRules.Missed(record, context, settledBefore, reading.At));
    }

    private void Take(long id, SubscriptionVerdict verdict)
    {
        Records[id] = verdict.Next;
        Told.AddRange(verdict.Told);
    }

    /// <summary>Another process goes on from what was stored.</summary>
    public void Restart()
    {
        foreach (var (id, record) in Records.ToList())
            Records[id] = JsonSerializer.Deserialize<SubscriptionRecord>(Stored(record), JsonSerializerOptions.Web)!;
    }
}
