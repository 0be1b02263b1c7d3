using RechargeGrains.Contacts;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>Everything kept of one customer, in one record, so that state and the event it tells are written together.</summary>
[GenerateSerializer, Alias("rg.customer-state.v1")]
internal sealed class CustomerState
{
    [Id(0)] public CustomerProfile? Profile { get; set; }

    /// <summary>Whether the whole list of subscriptions was read once; only then are counts told.</summary>
    [Id(1)] public bool IsComplete { get; set; }

    [Id(2)] public Dictionary<long, SubscriptionRecord> Subscriptions { get; set; } = [];

    [Id(3)] public List<AnnouncedCharge> Announced { get; set; } = [];

    /// <summary>Number of the last event.</summary>
    [Id(4)] public long Sequence { get; set; }

    /// <summary>Events not known to be in the outbox.</summary>
    [Id(5)] public List<PendingEvent> Pending { get; set; } = [];

    /// <summary>What the contact book knows, or is to be told while <see cref="MustRecord"/>.</summary>
    [Id(6)] public ContactNumbers? Recorded { get; set; }

    /// <summary>The address that goes with it.</summary>
    [Id(7)] public string? RecordedFor { get; set; }

    /// <summary>
    /// Whether the contact book may not have been told. Written with what is to be told, and not after the telling: whoever leaves, is
    /// forgotten in a crash and comes back would else look as if nothing had changed.
    /// </summary>
    [Id(8)] public bool MustRecord { get; set; }

    /// <summary>Whether the contact book was told of the customer at all.</summary>
    [Id(9)] public bool IsInBook { get; set; }

    /// <summary>The address that the e-mail index knows.</summary>
    [Id(10)] public string? RecordedEmail { get; set; }

    [Id(11)] public List<TimelineEntry> Timeline { get; set; } = [];
}
