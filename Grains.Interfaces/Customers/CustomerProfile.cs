namespace RechargeGrains.Customers;

/// <summary>Who a customer is: the only place an e-mail address comes from, since subscriptions carry none.</summary>
[GenerateSerializer, Immutable, Alias("rg.customer-profile.v1")]
public sealed record CustomerProfile
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public string? Email { get; init; }

    /// <summary>The customer's id in Shopify.</summary>
    [Id(2)] public string? ExternalId { get; init; }
    [Id(3)] public DateTimeOffset? UpdatedAt { get; init; }
}
