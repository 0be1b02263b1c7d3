using System.Globalization;
using System.Text;
using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Json;
using RechargeGrains.Grains.Ometria;

namespace RechargeGrains.Grains.Customers;

/// <summary>
/// Writes the <c>properties</c> of an event. Products are arrays of strings, so that Ometria pulls its own catalogue data; numbers are
/// numbers, so that they can be filtered on; texts end at 512 characters (support article on properties in custom events).
/// </summary>
internal static class EventProperties
{
    private const int MaxText = 512;

    /// <summary>Leaves room for the record around the properties below Ometria's 60,000 bytes.</summary>
    private const int MaxItemBytes = 48_000;

    public static string Of(SubscriptionSnapshot subscription, DateTimeOffset occurredAt) => JsonText.Of(json =>
    {
        json.WriteString("subscription_id", subscription.Id.ToString(CultureInfo.InvariantCulture));
        WriteIds(json, "product_id", [subscription.ProductId]);
        WriteIds(json, "variant_id", [subscription.VariantId]);
        WriteText(json, "product_title", subscription.ProductTitle);
        WriteText(json, "variant_title", subscription.VariantTitle);
        WriteNumber(json, "price", subscription.Price);
        WriteNumber(json, "quantity", subscription.Quantity);
        if (subscription is { IntervalFrequency: { } frequency, IntervalUnit: { } unit })
            WriteText(json, "order_interval", string.Create(CultureInfo.InvariantCulture, $"{frequency} {unit}"));
        if (subscription.NextChargeDate is { } date)
            json.WriteString("next_charge_date", Date(date));
        WriteText(json, "cancellation_reason", subscription.CancellationReason);
        json.WriteString("occurred_at", RecordWriter.Timestamp(occurredAt));
    });

    public static string Of(ChargeSnapshot charge, int daysBefore, DateTimeOffset occurredAt) => JsonText.Of(json =>
    {
        json.WriteString("charge_date", Date(charge.ScheduledAt));
        WriteCharge(json, charge, daysBefore, occurredAt);
    });

    /// <summary>Of a charge that moved from a date that was told.</summary>
    public static string OfMoved(ChargeSnapshot charge, DateOnly from, int daysBefore, DateTimeOffset occurredAt) => JsonText.Of(json =>
    {
        json.WriteString("old_charge_date", Date(from));
        json.WriteString("new_charge_date", Date(charge.ScheduledAt));
        WriteCharge(json, charge, daysBefore, occurredAt);
    });

    private static void WriteCharge(Utf8JsonWriter json, ChargeSnapshot charge, int daysBefore, DateTimeOffset occurredAt)
    {
        json.WriteNumber("days_before", daysBefore);
        WriteNumber(json, "total_price", charge.TotalPrice);
        var items = FittingItems(charge.Items);
        WriteIds(json, "product_id", items.Select(item => item.ProductId));
        WriteIds(json, "variant_id", items.Select(item => item.VariantId));
        json.WriteStartArray("items");
        foreach (var item in items)
            WriteItem(json, item);
        json.WriteEndArray();
        json.WriteString("occurred_at", RecordWriter.Timestamp(occurredAt));
    }

    private static List<ChargeItem> FittingItems(IReadOnlyList<ChargeItem> items)
    {
        var fitting = new List<ChargeItem>();
        var bytes = 0;
        foreach (var item in items)
        {
            bytes += 2 * Encoding.UTF8.GetByteCount(JsonText.Of(json =>
            {
                json.WritePropertyName("item");
                WriteItem(json, item);
            }));
            if (bytes > MaxItemBytes)
                break;
            fitting.Add(item);
        }

        return fitting;
    }

    private static void WriteItem(Utf8JsonWriter json, ChargeItem item)
    {
        json.WriteStartObject();
        if (item.PurchaseItemId is { } id)
            json.WriteString("subscription_id", id.ToString(CultureInfo.InvariantCulture));
        WriteText(json, "product_id", item.ProductId);
        WriteText(json, "variant_id", item.VariantId);
        WriteText(json, "title", item.Title);
        WriteText(json, "variant_title", item.VariantTitle);
        WriteNumber(json, "quantity", item.Quantity);
        WriteNumber(json, "price", item.UnitPrice);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<string?> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids.Where(id => id is not null).Distinct())
            json.WriteStringValue(Cut(id!));
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, Cut(text));
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxText)
            return text;
        // Half of a character pair is no character and would be refused as UTF-8.
        var end = char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;
        return text[..end];
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
