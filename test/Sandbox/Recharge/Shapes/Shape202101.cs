namespace RechargeGrains.Sandbox;

/// <summary>
/// 2021-01, enough of it to break a client that forgot its version header: upper-case statuses, US Eastern wall time
/// without an offset, other names, numbers and texts swapped.
/// </summary>
internal sealed class Shape202101(RechargeStore store) : RechargeShape(store)
{
    private static readonly TimeZoneInfo Eastern = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    public override string Version => ApiVersions.Base;

    public override JsonObject Customer(Customer customer)
    {
        var counts = Store.CountsOf(customer.Id);
        return new JsonObject
        {
            ["id"] = customer.Id,
            ["hash"] = customer.Hash,
            ["shopify_customer_id"] = customer.ExternalId,
            ["email"] = customer.Email,
            ["created_at"] = WallClock(customer.CreatedAt),
            ["updated_at"] = WallClock(customer.UpdatedAt),
            ["first_name"] = customer.FirstName,
            ["last_name"] = customer.LastName,
            ["has_card_error_in_dunning"] = false,
            ["number_active_subscriptions"] = counts.Active,
            ["number_subscriptions"] = counts.Total,
            ["status"] = counts.Active > 0 ? "ACTIVE" : "INACTIVE",
        };
    }

    public override JsonObject Subscription(Subscription subscription) => new()
    {
        ["id"] = subscription.Id,
        ["address_id"] = subscription.AddressId,
        ["customer_id"] = subscription.CustomerId,
        ["email"] = Store.TryCustomer(subscription.CustomerId)?.Email,
        ["created_at"] = WallClock(subscription.CreatedAt),
        ["updated_at"] = WallClock(subscription.UpdatedAt),
        ["cancelled_at"] = subscription.CancelledAt is { } cancelled ? WallClock(cancelled) : null,
        ["cancellation_reason"] = subscription.CancellationReason,
        ["charge_interval_frequency"] = Invariant(subscription.Interval.Every),
        ["has_queued_charges"] = subscription.NextChargeOn is null ? 0 : 1,
        ["max_retries_reached"] = 0,
        ["next_charge_scheduled_at"] = subscription.NextChargeOn is { } next ? Midnight(next) : null,
        ["order_interval_frequency"] = Invariant(subscription.Interval.Every),
        ["order_interval_unit"] = Lower(subscription.Interval.Unit),
        ["price"] = subscription.Price,
        ["product_title"] = subscription.Variant.ProductTitle,
        ["quantity"] = subscription.Quantity,
        ["shopify_product_id"] = Number(subscription.Variant.ProductId),
        ["shopify_variant_id"] = Number(subscription.Variant.VariantId),
        ["sku"] = subscription.Variant.Sku,
        ["status"] = Upper(subscription.Status),
        ["variant_title"] = subscription.Variant.VariantTitle,
    };

    public override JsonObject Charge(Charge charge)
    {
        var customer = Store.TryCustomer(charge.CustomerId);
        return new JsonObject
        {
            ["id"] = charge.Id,
            ["address_id"] = charge.AddressId,
            ["customer_id"] = charge.CustomerId,
            ["email"] = customer?.Email,
            ["first_name"] = customer?.FirstName,
            ["last_name"] = customer?.LastName,
            ["customer_hash"] = customer?.Hash,
            ["created_at"] = WallClock(charge.CreatedAt),
            ["updated_at"] = WallClock(charge.UpdatedAt),
            ["processed_at"] = charge.ProcessedAt is { } processed ? WallClock(processed) : null,
            ["scheduled_at"] = Midnight(charge.ScheduledOn),
            ["status"] = Upper(charge.Status),
            ["type"] = charge.IsCheckout ? "CHECKOUT" : "RECURRING",
            ["line_items"] = new JsonArray([.. charge.Lines.Select(line => new JsonObject
            {
                ["subscription_id"] = line.SubscriptionId,
                ["shopify_product_id"] = line.Variant.ProductId,
                ["shopify_variant_id"] = line.Variant.VariantId,
                ["title"] = line.Variant.ProductTitle,
                ["variant_title"] = line.Variant.VariantTitle,
                ["quantity"] = line.Quantity,
                ["price"] = Money(line.UnitPrice),
            })]),
            ["total_price"] = Money(charge.Total),
            ["sub_total"] = Money(charge.Subtotal),
            ["shopify_order_id"] = null,
        };
    }

    public override JsonObject Address(Address address) => new()
    {
        ["id"] = address.Id,
        ["customer_id"] = address.CustomerId,
        ["address1"] = address.Street,
        ["city"] = address.City,
        ["country"] = "United Kingdom",
        ["zip"] = address.Zip,
        ["created_at"] = WallClock(address.CreatedAt),
    };

    public override JsonObject StoreSettings() => new()
    {
        ["id"] = 210042,
        ["name"] = Store.Options.StoreName,
        ["domain"] = Store.Options.StoreDomain,
        ["my_shopify_domain"] = Store.Options.StoreDomain,
        ["external_platform"] = Store.Options.Platform,
        ["iana_timezone"] = Store.Options.TimeZone,
        ["currency"] = Store.Options.Currency,
        ["test_mode"] = false,
        ["created_at"] = Store.CreatedAt.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string WallClock(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Eastern).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Midnight(DateOnly date) => Date(date) + "T00:00:00";

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private static string Upper<T>(T status)
        where T : struct, Enum => status.ToString().ToUpperInvariant();
}
