namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>What is kept of a subscription.</summary>
[GenerateSerializer]
public sealed record SubscriptionRow(
    [property: Id(0)] long Id,
    [property: Id(1)] string Status,
    [property: Id(2)] string ProductTitle,
    [property: Id(3)] string Price,
    [property: Id(4)] DateTime UpdatedAt,
    [property: Id(5)] string Email);
