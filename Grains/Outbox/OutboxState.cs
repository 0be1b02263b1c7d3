using RechargeGrains.Deliveries;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <summary>Where an outbox stands; the events themselves are in its segments.</summary>
internal sealed class OutboxState
{
    public OutboxSettings? Settings { get; set; }

    /// <summary>Number of the last segment that Ometria has answered for.</summary>
    public long DeliveredThrough { get; set; } = -1;

    /// <summary>Number of the last segment whose events are in the ledger, sent or not.</summary>
    public long MergedThrough { get; set; } = -1;

    /// <summary>Events in segments that are in the ledger and not answered for.</summary>
    public long WaitingMerged { get; set; }

    /// <summary>How far the segment after <see cref="DeliveredThrough"/> is.</summary>
    public Sending? Sending { get; set; }

    /// <summary>What is settled of it, by position, when it had to be sent in parts.</summary>
    public Dictionary<int, Settlement> Settled { get; set; } = [];

    /// <summary>Lines that may not have reached the delivery log. Writing them twice is harmless.</summary>
    public List<DeliveryEntry> Unlogged { get; set; } = [];

    /// <summary>Customers whose first event was not sent, so that nobody introduced them.</summary>
    public HashSet<long> NotIntroduced { get; set; } = [];

    public long Sent { get; set; }

    public long Rejected { get; set; }

    public long DeadLettered { get; set; }

    public DateTimeOffset? DeadLetteredSince { get; set; }

    public long Suppressed { get; set; }

    public long Repeated { get; set; }

    public DateTimeOffset? PacedUntil { get; set; }

    public long Paced { get; set; }

    public ErrorWatch Errors { get; set; } = new();
}
