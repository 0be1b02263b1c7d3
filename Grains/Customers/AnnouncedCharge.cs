using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>A charge that was announced: address and date, which is what it is known by.</summary>
[GenerateSerializer, Immutable, Alias("rg.announced-charge.v1")]
internal sealed record AnnouncedCharge([property: Id(0)] long AddressId, [property: Id(1)] DateOnly Date)
{
    /// <summary>Subscriptions and one-time items in it, by which it is known again on another date.</summary>
    [Id(2)] public long[] Items { get; init; } = [];

    /// <summary>The date that it was last told to have moved to.</summary>
    [Id(3)] public DateOnly? MovedTo { get; init; }

    /// <summary>The date that Ometria knows.</summary>
    public DateOnly ToldDate => MovedTo ?? Date;

    public static AnnouncedCharge Of(ChargeSnapshot charge) => new(charge.AddressId, charge.ScheduledAt) { Items = ItemsOf(charge) };

    public bool IsFor(ChargeSnapshot charge) => AddressId == charge.AddressId && Date == charge.ScheduledAt;

    /// <summary>Whether the charge brings something of what this one brought.</summary>
    public bool SharesItemsWith(ChargeSnapshot charge) => AddressId == charge.AddressId && ItemsOf(charge).Any(Items.Contains);

    private static long[] ItemsOf(ChargeSnapshot charge) => [.. charge.Items.Select(item => item.PurchaseItemId).OfType<long>()];
}
