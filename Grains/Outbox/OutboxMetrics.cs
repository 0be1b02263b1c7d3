using System.Diagnostics.Metrics;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Grains.Outbox;

/// <summary>What waits in the outboxes of this process, and what became of events. Tests that somebody sends do not count.</summary>
internal sealed class OutboxMetrics
{
    public const string MeterName = "RechargeGrains.Outbox";

    private const string SentAgain = "sent_again";
    private const string RejectedLater = "rejected_later";

    private readonly Reports<Waiting> _outboxes = new();
    private readonly Counter<long> _events;
    private readonly Histogram<double> _lag;
    private readonly TimeProvider _time;

    public OutboxMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(MeterName);
        meter.CreateObservableGauge("recharge.outbox.waiting", () => _outboxes.Latest.Sum(outbox => outbox.Events), "{event}", "Events that wait to be sent");
        meter.CreateObservableGauge("recharge.outbox.oldest", ObserveOldest, "s", "Age of the oldest event that waits and may be sent");
        _events = meter.CreateOutcomes(
            "recharge.outbox.events", "{event}", "What became of events",
            [.. Enum.GetValues<DeliveryStatus>().Where(status => status != DeliveryStatus.Waiting).Select(DeliveryStatuses.NameOf), SentAgain, RejectedLater]);
        _lag = meter.CreateLag("recharge.event.lag", "From the receipt of a webhook to Ometria's acceptance of its event");
    }

    public Reports<Waiting>.Report Open() => _outboxes.Open();

    public void Settled(DeliveryStatus status) => _events.Count(DeliveryStatuses.NameOf(status));

    /// <summary>Ometria may have accepted them before.</summary>
    public void SentOnceMore(int events) => _events.Count(SentAgain, events);

    /// <summary>Ometria had accepted it and found it wrong afterwards.</summary>
    public void FoundInvalid() => _events.Count(RejectedLater);

    public void Accepted(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    private double ObserveOldest() => _outboxes.Latest.Min(outbox => outbox.OldestAt) is { } oldest ? (_time.GetUtcNow() - oldest).TotalSeconds : 0;

    /// <param name="Events">Events of one outbox.</param>
    /// <param name="OldestAt">When the oldest of them that may be sent was learnt of.</param>
    internal sealed record Waiting(long Events, DateTimeOffset? OldestAt);
}
