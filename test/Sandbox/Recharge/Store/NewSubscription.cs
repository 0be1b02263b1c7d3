namespace RechargeGrains.Sandbox;

/// <summary>What a shopper chooses. Everything has a default.</summary>
public sealed record NewSubscription
{
    /// <summary>Default the customer's first address.</summary>
    public long? AddressId { get; init; }

    /// <summary>Ships to an address that the customer did not have before.</summary>
    public bool ToNewAddress { get; init; }

    /// <summary>Default a variant that this address does not receive yet.</summary>
    public Variant? Variant { get; init; }

    public int Quantity { get; init; } = 1;

    /// <summary>Default the variant's price.</summary>
    public decimal? Price { get; init; }

    public Interval Interval { get; init; } = Interval.Days(30);

    /// <summary>
    /// The first charge date. Default: bought today in the checkout, so a paid checkout charge is made as well,
    /// and the next one comes after an interval.
    /// </summary>
    public DateOnly? NextChargeOn { get; init; }
}
