namespace RechargeGrains.Customers;

/// <summary>One queued charge as Recharge showed it. Its id is not stable for a cycle; address and date are.</summary>
[GenerateSerializer, Immutable, Alias("rg.charge.v1")]
public sealed record ChargeSnapshot
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required long AddressId { get; init; }
    [Id(2)] public required CustomerProfile Customer { get; init; }

    /// <summary>A bare date in the store's calendar.</summary>
    [Id(3)] public required DateOnly ScheduledAt { get; init; }
    [Id(4)] public decimal? TotalPrice { get; init; }
    [Id(5)] public required IReadOnlyList<ChargeItem> Items { get; init; }

    /// <summary>Not so if it was paid, skipped or refunded, or failed.</summary>
    [Id(6)] public bool IsQueued { get; init; } = true;
}
