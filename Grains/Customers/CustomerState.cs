using RechargeGrains.Contacts;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>Everything kept of one customer, in one record, so that state and the event it tells are written together.</summary>
internal sealed class CustomerState
{
    public CustomerProfile? Profile { get; set; }

    /// <summary>Whether the whole list of subscriptions was read once; only then are counts told.</summary>
    public bool IsComplete { get; set; }

    public Dictionary<long, SubscriptionRecord> Subscriptions { get; set; } = [];

    public List<AnnouncedCharge> Announced { get; set; } = [];

    /// <summary>Number of the last event.</summary>
    public long Sequence { get; set; }

    /// <summary>Events not known to be in the outbox.</summary>
    public List<PendingEvent> Pending { get; set; } = [];

    /// <summary>What the contact book knows, or is to be told while <see cref="MustRecord"/>.</summary>
    public ContactNumbers? Recorded { get; set; }

    /// <summary>The address that goes with it.</summary>
    public string? RecordedFor { get; set; }

    /// <summary>
    /// Whether the contact book may not have been told. Written with what is to be told, and not after the telling: whoever leaves, is
    /// forgotten in a crash and comes back would else look as if nothing had changed.
    /// </summary>
    public bool MustRecord { get; set; }

    /// <summary>Whether the contact book was told of the customer at all.</summary>
    public bool IsInBook { get; set; }

    /// <summary>The address that the e-mail index knows.</summary>
    public string? RecordedEmail { get; set; }

    public List<TimelineEntry> Timeline { get; set; } = [];
}
