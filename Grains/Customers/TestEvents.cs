using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RechargeGrains.Customers;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Customers;

/// <summary>
/// Makes test events: what a real event of the kind would carry, written by the same code, with made-up values and <c>test</c> set. Pure
/// but for the id.
/// </summary>
internal static class TestEvents
{
    private const long SampleId = 1;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static OutboundEvent Of(EventKind kind, string email, int upcomingChargeDays, DateTimeOffset now) => new()
    {
        // Nobody's: it has no number among a customer's events, and introduces no contact.
        CustomerId = 0,
        Sequence = 0,
        EventId = TestEventId.New(),
        Kind = kind,
        OccurredAt = now,
        ReceivedAt = now,
        Email = email,
        PropertiesJson = Labelled(PropertiesOf(kind, upcomingChargeDays, now)),
    };

    private static string PropertiesOf(EventKind kind, int days, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var charge = ChargeOn(today.AddDays(days));
        return kind switch
        {
            EventKind.UpcomingCharge => EventProperties.Of(charge, days, now),
            EventKind.UpcomingChargeChanged => EventProperties.OfMoved(charge, today.AddDays(days + 1), days, now),
            EventKind.SubscriptionCancelled => EventProperties.Of(Subscription(today, days) with { NextChargeDate = null, CancellationReason = "Test reason" }, now),
            _ => EventProperties.Of(Subscription(today, days), now),
        };
    }

    private static SubscriptionSnapshot Subscription(DateOnly today, int days) => new()
    {
        Id = SampleId,
        CustomerId = SampleId,
        ProductId = SampleId.ToString(CultureInfo.InvariantCulture),
        VariantId = SampleId.ToString(CultureInfo.InvariantCulture),
        ProductTitle = "Test product",
        VariantTitle = "Test variant",
        Price = 10.00m,
        Quantity = 1,
        IntervalFrequency = 1,
        IntervalUnit = "month",
        NextChargeDate = today.AddDays(days),
    };

    private static ChargeSnapshot ChargeOn(DateOnly date) => new()
    {
        Id = SampleId,
        AddressId = SampleId,
        Customer = new CustomerProfile { Id = SampleId },
        ScheduledAt = date,
        TotalPrice = 10.00m,
        Items =
        [
            new ChargeItem
            {
                PurchaseItemId = SampleId,
                ProductId = SampleId.ToString(CultureInfo.InvariantCulture),
                VariantId = SampleId.ToString(CultureInfo.InvariantCulture),
                Title = "Test product",
                VariantTitle = "Test variant",
                UnitPrice = 10.00m,
                Quantity = 1,
            },
        ],
    };

    private static string Labelled(string properties)
    {
        var json = JsonNode.Parse(properties)!.AsObject();
        json.Insert(0, "test", true);
        return json.ToJsonString(Relaxed);
    }
}
