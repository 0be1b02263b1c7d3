namespace RechargeGrains.Sandbox;

/// <summary>One charge of one address on one date; subscriptions that meet there share it. A rebuild gives it a new id.</summary>
public sealed record Charge
{
    public const decimal Shipping = 4.90m;

    public required long Id { get; init; }

    public required long AddressId { get; init; }

    public required long CustomerId { get; init; }

    public required ChargeStatus Status { get; init; }

    /// <summary>Paid in the shop's checkout, as opposed to a recurring one.</summary>
    public bool IsCheckout { get; init; }

    public required DateOnly ScheduledOn { get; init; }

    public required DateOnly OriginallyOn { get; init; }

    public required IReadOnlyList<ChargeLine> Lines { get; init; }

    public DateTimeOffset? ProcessedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public decimal Subtotal => Lines.Sum(line => line.Total);

    public decimal Total => Subtotal + Shipping;
}
