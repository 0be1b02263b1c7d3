using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Tests;

/// <summary>Values that many tests start from; each test changes what it is about.</summary>
internal static class Given
{
    public const long CustomerId = 700100311;
    public const long SubscriptionId = 900100411;
    public const string Email = "ines@example.test";

    /// <summary>When the subscription of <see cref="Subscription"/> was created.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 5, 0, TimeSpan.Zero);

    /// <summary>A connection that has been running since the day before <see cref="Start"/>, with every event enabled.</summary>
    public static readonly CustomerContext Context = new()
    {
        Events = EventKinds.All,
        EventsSince = Start.AddDays(-1),
        CustomersStartDate = Start.AddYears(-1),
        StoreId = "77",
        EmailSalt = "salt",
        UpcomingChargeDays = 7,
    };

    public static readonly CustomerProfile Customer = new() { Id = CustomerId, Email = Email, ExternalId = "8100200300", UpdatedAt = Start };

    public static readonly SubscriptionSnapshot Subscription = new()
    {
        Id = SubscriptionId,
        CustomerId = CustomerId,
        AddressId = 800100511,
        Status = SubscriptionStatus.Active,
        CreatedAt = Start,
        UpdatedAt = Start,
        ProductId = "8200311",
        VariantId = "44200322",
        ProductTitle = "Morning Tea",
        VariantTitle = "Loose leaf",
        Price = 12.50m,
        Quantity = 2,
        IntervalFrequency = 30,
        IntervalUnit = "day",
        NextChargeDate = new DateOnly(2026, 4, 8),
    };

    public static readonly ChargeSnapshot Charge = new()
    {
        Id = 1500100611,
        AddressId = 800100511,
        Customer = Customer,
        ScheduledAt = new DateOnly(2026, 4, 8),
        TotalPrice = 27.40m,
        Items =
        [
            new ChargeItem
            {
                PurchaseItemId = SubscriptionId,
                ProductId = "8200311",
                VariantId = "44200322",
                Title = "Morning Tea",
                VariantTitle = "Loose leaf",
                UnitPrice = 12.50m,
                Quantity = 2,
            },
        ],
    };

    public static SubscriptionSnapshot CancelledAt(DateTimeOffset at, string? reason = null) => Subscription with
    {
        Status = SubscriptionStatus.Cancelled,
        UpdatedAt = at,
        CancelledAt = at,
        CancellationReason = reason,
        NextChargeDate = null,
    };

    public static SubscriptionSnapshot ActiveAt(DateTimeOffset at) => Subscription with { UpdatedAt = at };
}
