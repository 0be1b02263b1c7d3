namespace RechargeGrains.Api.Tests;

/// <summary>Bodies of webhooks about a subscription, with an id that no other test uses.</summary>
public static class HookBody
{
    private static long _last = 910_000_000;

    public static long NewId() => Interlocked.Increment(ref _last);

    public static string Created(long id, DateTimeOffset at) => Subscription(id, "active", at, at, null);

    public static string Cancelled(long id, DateTimeOffset createdAt, DateTimeOffset at) => Subscription(id, "cancelled", createdAt, at, at);

    private static string Subscription(long id, string status, DateTimeOffset createdAt, DateTimeOffset updatedAt, DateTimeOffset? cancelledAt) =>
        JsonSerializer.Serialize(new
        {
            subscription = new
            {
                id,
                customer_id = id + 50_000_000,
                address_id = id + 60_000_000,
                status,
                product_title = "Morning blend",
                price = "12.50",
                quantity = 1,
                created_at = Wire(createdAt),
                updated_at = Wire(updatedAt),
                cancelled_at = cancelledAt is { } cancelled ? Wire(cancelled) : null,
            },
            customer = new { id = id + 50_000_000, email = EmailOf(id), updated_at = Wire(createdAt) },
        });

    public static string EmailOf(long id) => string.Create(CultureInfo.InvariantCulture, $"shopper.{id}@example.test");

    private static string Wire(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
