namespace RechargeGrains.Customers;

/// <summary>One thing that happened to a customer, newest last.</summary>
[GenerateSerializer, Immutable, Alias("rg.timeline-entry.v1")]
public sealed record TimelineEntry
{
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>Webhook topic, <c>read</c> for a reading at Recharge, or the public name of an event.</summary>
    [Id(1)] public required string What { get; init; }

    /// <summary><c>applied</c>, <c>repaired</c> or <c>gone</c>; for an event <c>told</c>, <c>waiting_for_email</c> or <c>not_enabled</c>.</summary>
    [Id(2)] public required string Outcome { get; init; }
    [Id(3)] public long? SubscriptionId { get; init; }
    [Id(4)] public string? EventId { get; init; }
}
