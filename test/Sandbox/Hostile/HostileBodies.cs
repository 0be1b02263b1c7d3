using System.IO.Compression;

namespace RechargeGrains.Sandbox.Hostile;

/// <summary>Bodies of webhooks that are spoilt in one way each, built around ids that the caller gives.</summary>
public static class HostileBodies
{
    public const string SubscriptionTopic = "subscription/created";
    public const string CustomerTopic = "customer/updated";

    private static readonly string[] SubscriptionFields =
    [
        "id", "customer_id", "address_id", "status", "created_at", "updated_at", "cancelled_at", "cancellation_reason", "external_product_id",
        "external_variant_id", "product_title", "variant_title", "price", "quantity", "order_interval_frequency", "order_interval_unit",
        "next_charge_scheduled_at", "include", "properties",
    ];

    private static readonly string[] CustomerFields =
        ["id", "email", "external_customer_id", "updated_at", "subscriptions_total_count", "include", "subscriptions"];

    /// <summary>Each field with each value, of a subscription, of the customer beside it, and of a customer by itself.</summary>
    public static IEnumerable<HostileBody> Fields(long subscriptionId, long customerId)
    {
        foreach (var value in HostileValues.All())
        {
            foreach (var field in SubscriptionFields)
                yield return new HostileBody(SubscriptionTopic, Subscription(subscriptionId, customerId, field, value));
            foreach (var field in CustomerFields)
            {
                yield return new HostileBody(CustomerTopic, [.. "{\"customer\":"u8, .. Customer(customerId, field, value), .. "}"u8]);
                yield return new HostileBody(SubscriptionTopic, Subscription(subscriptionId, customerId, null, value, Customer(customerId, field, value)));
            }

            yield return new HostileBody(SubscriptionTopic, [.. "{\"subscription\":"u8, .. value, .. "}"u8]);
            yield return new HostileBody(CustomerTopic, [.. "{\"customer\":"u8, .. value, .. "}"u8]);
            yield return new HostileBody(SubscriptionTopic, Subscription(subscriptionId, customerId, null, value, value));
            yield return new HostileBody(CustomerTopic, value);
        }
    }

    /// <summary>A good body, cut off behind each of its bytes.</summary>
    public static IEnumerable<HostileBody> Truncations(long subscriptionId, long customerId)
    {
        var whole = Good(subscriptionId, customerId);
        return Enumerable.Range(0, whole.Length).Select(length => new HostileBody(SubscriptionTopic, whole[..length]));
    }

    /// <summary>Other encodings, odd wholes, depth and size.</summary>
    public static IEnumerable<HostileBody> Wholes(long subscriptionId, long customerId)
    {
        var good = Good(subscriptionId, customerId);
        var text = Encoding.UTF8.GetString(good);
        yield return Of([0xef, 0xbb, 0xbf, .. good]);
        yield return Of([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, .. good]);
        yield return Of(Encoding.Unicode.GetBytes(text));
        yield return Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]);
        yield return Of(Encoding.BigEndianUnicode.GetBytes(text));
        yield return Of(Encoding.UTF32.GetBytes(text));
        yield return Of(Encoding.Latin1.GetBytes(text.Replace("Morning", "Café", StringComparison.Ordinal)));
        yield return Of(Gzip(good));
        yield return Of([]);
        yield return Of(new byte[1_000]);
        yield return Of([.. good, 0]);
        yield return Of([.. good, .. good]);
        yield return Of([.. good, .. "\n\n\n"u8]);
        yield return Of(Encoding.UTF8.GetBytes($"/* */{text}"));
        yield return Of(Encoding.UTF8.GetBytes(text.Replace("\"id\"", "\"\\u0069d\"", StringComparison.Ordinal)));
        yield return Of(Encoding.UTF8.GetBytes(text.Replace("\"status\"", "\"id\":[],\"\\ud800\":1,\"status\"", StringComparison.Ordinal)));
        yield return Of(Encoding.UTF8.GetBytes($"{{\"subscription\":null,\"subscription\":{{}},{text[1..]}"));
        yield return Of(Encoding.UTF8.GetBytes($"{text[..^1]},\"subscription\":7}}"));
        yield return Of(Encoding.UTF8.GetBytes(new string('[', 300_000)));
        yield return Of(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"subscription\":", 5_000))));
        yield return Of(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 200_000))}]"));
        yield return Of(Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i.ToString(CultureInfo.InvariantCulture)}\":0"))},{text[1..]}"));
        yield return Of(Encoding.UTF8.GetBytes($"{{\"{new string('k', 300_000)}\":1,{text[1..]}"));
        yield return Of(Encoding.UTF8.GetBytes(text.PadRight(900_000)));
    }

    /// <summary>A body as Recharge sends it.</summary>
    public static byte[] Good(long subscriptionId, long customerId) =>
        Subscription(subscriptionId, customerId, null, [], Customer(customerId, null, []));

    private static HostileBody Of(byte[] body) => new(SubscriptionTopic, body);

    private static byte[] Subscription(long id, long customerId, string? spoilt, byte[] value, byte[]? customer = null)
    {
        (string Name, string Json)[] fields =
        [
            ("id", Text(id)), ("customer_id", Text(customerId)), ("address_id", "800100511"), ("status", "\"active\""), ("created_at", "\"2026-03-09T14:05:00+00:00\""),
            ("updated_at", "\"2026-03-09T14:05:00+00:00\""), ("product_title", "\"Morning Tea\""), ("price", "\"12.50\""), ("quantity", "2"),
        ];
        var resource = Object(fields, spoilt, value);
        return customer is null
            ? [.. "{\"subscription\":"u8, .. resource, .. "}"u8]
            : [.. "{\"subscription\":"u8, .. resource, .. ",\"customer\":"u8, .. customer, .. "}"u8];
    }

    private static byte[] Customer(long id, string? spoilt, byte[] value) => Object(
        [("id", Text(id)), ("email", $"\"shopper.{Text(id)}@example.test\""), ("updated_at", "\"2026-03-09T14:05:00+00:00\"")], spoilt, value);

    private static byte[] Object(IEnumerable<(string Name, string Json)> fields, string? spoilt, byte[] value)
    {
        var json = new List<byte>("{"u8.ToArray());
        foreach (var (name, good) in fields.Where(field => field.Name != spoilt))
            json.AddRange(Encoding.UTF8.GetBytes($"\"{name}\":{good},"));
        json.AddRange(Encoding.UTF8.GetBytes($"\"{spoilt ?? "sku"}\":"));
        json.AddRange(spoilt is null ? "null"u8 : value);
        json.AddRange("}"u8);
        return [.. json];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
