using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>A charge that was announced: address and date, which is what it is known by.</summary>
internal sealed record AnnouncedCharge(long AddressId, DateOnly Date)
{
    /// <summary>Subscriptions and one-time items in it, by which it is known again on another date.</summary>
    public IReadOnlyList<long> Items { get; init; } = [];

    /// <summary>The date that it was last told to have moved to.</summary>
    public DateOnly? MovedTo { get; init; }

    /// <summary>The date that Ometria knows.</summary>
    public DateOnly ToldDate => MovedTo ?? Date;

    public static AnnouncedCharge Of(ChargeSnapshot charge) => new(charge.AddressId, charge.ScheduledAt) { Items = ItemsOf(charge) };

    public bool IsFor(ChargeSnapshot charge) => AddressId == charge.AddressId && Date == charge.ScheduledAt;

    /// <summary>Whether the charge brings something of what this one brought.</summary>
    public bool SharesItemsWith(ChargeSnapshot charge) => AddressId == charge.AddressId && ItemsOf(charge).Any(Items.Contains);

    private static IReadOnlyList<long> ItemsOf(ChargeSnapshot charge) => [.. charge.Items.Select(item => item.PurchaseItemId).OfType<long>()];
}
