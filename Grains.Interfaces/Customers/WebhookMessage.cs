namespace RechargeGrains.Customers;

/// <summary>A verified and understood webhook on its way to its customer.</summary>
[GenerateSerializer, Immutable, Alias("rg.webhook.v1")]
public sealed record WebhookMessage
{
    /// <summary>Topic as registered, for instance <c>subscription/created</c>.</summary>
    [Id(0)] public required string Topic { get; init; }
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(2)] public SubscriptionSnapshot? Subscription { get; init; }

    /// <summary>The resource itself for a customer topic, else the customer that came along as an included object.</summary>
    [Id(3)] public CustomerProfile? Customer { get; init; }

    /// <summary>How many subscriptions the customer has at Recharge, if the customer came along and said so.</summary>
    [Id(4)] public int? CustomerSubscriptions { get; init; }

    /// <summary>A queued charge, as a hint that there is one: Recharge itself is asked before anything is told.</summary>
    [Id(5)] public ChargeSnapshot? Charge { get; init; }
}
