namespace RechargeGrains.Sandbox;

/// <summary>
/// 2021-11: lower-case statuses, UTC with an offset, money and external ids as text, dates without a time for charges.
/// No e-mail address on a subscription.
/// </summary>
internal sealed class Shape202111(RechargeStore store) : RechargeShape(store)
{
    public override string Version => ApiVersions.Newest;

    public override JsonObject Customer(Customer customer)
    {
        var counts = Store.CountsOf(customer.Id);
        return new JsonObject
        {
            ["id"] = customer.Id,
            ["analytics_data"] = new JsonObject { ["utm_params"] = new JsonArray() },
            ["apply_credit_to_next_checkout_charge"] = false,
            ["apply_credit_to_next_recurring_charge"] = false,
            ["created_at"] = Instant(customer.CreatedAt),
            ["email"] = customer.Email,
            ["external_customer_id"] = Ecommerce(customer.ExternalId),
            ["first_charge_processed_at"] = Instant(customer.FirstChargeProcessedAt),
            ["first_name"] = customer.FirstName,
            ["has_payment_method_in_dunning"] = false,
            ["has_valid_payment_method"] = counts.Total > 0,
            ["hash"] = customer.Hash,
            ["last_name"] = customer.LastName,
            ["phone"] = customer.Phone,
            ["subscription_related_charge_streak"] = counts.Active,
            ["subscriptions_active_count"] = counts.Active,
            ["subscriptions_total_count"] = counts.Total,
            ["tax_exempt"] = false,
            ["updated_at"] = Instant(customer.UpdatedAt),
        };
    }

    public override JsonObject Subscription(Subscription subscription) => new()
    {
        ["id"] = subscription.Id,
        ["address_id"] = subscription.AddressId,
        ["customer_id"] = subscription.CustomerId,
        ["analytics_data"] = new JsonObject { ["utm_params"] = new JsonArray() },
        ["cancellation_reason"] = subscription.CancellationReason,
        ["cancellation_reason_comments"] = null,
        ["cancelled_at"] = Instant(subscription.CancelledAt),
        ["charge_interval_frequency"] = subscription.Interval.Every,
        ["created_at"] = Instant(subscription.CreatedAt),
        ["expire_after_specific_number_of_charges"] = subscription.ExpireAfterCharges,
        ["external_product_id"] = Ecommerce(subscription.Variant.ProductId),
        ["external_variant_id"] = Ecommerce(subscription.Variant.VariantId),
        ["has_queued_charges"] = subscription.NextChargeOn is not null,
        ["is_prepaid"] = false,
        ["is_skippable"] = true,
        ["is_swappable"] = false,
        ["max_retries_reached"] = false,
        ["next_charge_scheduled_at"] = subscription.NextChargeOn is { } next ? Date(next) : null,
        ["order_day_of_month"] = null,
        ["order_day_of_week"] = null,
        ["order_interval_frequency"] = subscription.Interval.Every,
        ["order_interval_unit"] = Lower(subscription.Interval.Unit),
        ["presentment_currency"] = Store.Options.Currency,
        ["price"] = Money(subscription.Price),
        ["product_title"] = subscription.Variant.ProductTitle,
        ["properties"] = new JsonArray(),
        ["quantity"] = subscription.Quantity,
        ["sku"] = subscription.Variant.Sku,
        ["sku_override"] = false,
        ["status"] = Lower(subscription.Status),
        ["updated_at"] = Instant(subscription.UpdatedAt),
        ["variant_title"] = subscription.Variant.VariantTitle,
    };

    public override JsonObject Charge(Charge charge)
    {
        var customer = Store.TryCustomer(charge.CustomerId);
        return new JsonObject
        {
            ["id"] = charge.Id,
            ["address_id"] = charge.AddressId,
            ["analytics_data"] = new JsonObject { ["utm_params"] = new JsonArray() },
            ["billing_address"] = PostalAddress(charge),
            ["created_at"] = Instant(charge.CreatedAt),
            ["currency"] = Store.Options.Currency,
            ["customer"] = new JsonObject
            {
                ["id"] = charge.CustomerId,
                ["email"] = customer?.Email,
                ["external_customer_id"] = Ecommerce(customer?.ExternalId),
                ["hash"] = customer?.Hash,
            },
            ["discounts"] = new JsonArray(),
            ["error"] = null,
            ["error_type"] = null,
            ["external_order_id"] = Ecommerce(charge.ProcessedAt is null ? null : Invariant(5_600_000_000_000 + charge.Id)),
            ["external_transaction_id"] = new JsonObject { ["payment_processor"] = null },
            ["has_uncommitted_changes"] = false,
            ["line_items"] = new JsonArray([.. charge.Lines.Select(Line)]),
            ["merged_at"] = null,
            ["note"] = null,
            ["order_attributes"] = new JsonArray(),
            ["orders_count"] = charge.ProcessedAt is null ? 0 : 1,
            ["original_scheduled_at"] = Date(charge.OriginallyOn),
            ["payment_processor"] = "shopify_payments",
            ["processed_at"] = Instant(charge.ProcessedAt),
            ["retry_date"] = null,
            ["scheduled_at"] = Date(charge.ScheduledOn),
            ["shipping_address"] = PostalAddress(charge),
            ["shipping_lines"] = new JsonArray(new JsonObject
            {
                ["code"] = "Standard",
                ["price"] = Money(Sandbox.Charge.Shipping),
                ["source"] = "shopify",
                ["tax_lines"] = new JsonArray(),
                ["taxable"] = false,
                ["title"] = "Standard",
            }),
            ["status"] = Lower(charge.Status),
            ["subtotal_price"] = Money(charge.Subtotal),
            ["tags"] = charge.IsCheckout ? "Subscription, Subscription First Order" : "Subscription, Subscription Recurring Order",
            ["tax_lines"] = new JsonArray(),
            ["taxable"] = true,
            ["taxes_included"] = false,
            ["total_discounts"] = "0.00",
            ["total_duties"] = "0.00",
            ["total_line_items_price"] = Money(charge.Subtotal),
            ["total_price"] = Money(charge.Total),
            ["total_refunds"] = "0.00",
            ["total_tax"] = "0.00",
            ["total_weight_grams"] = charge.Lines.Sum(line => line.Quantity * line.Variant.Grams),
            ["type"] = charge.IsCheckout ? "checkout" : "recurring",
            ["updated_at"] = Instant(charge.UpdatedAt),
        };
    }

    public override JsonObject Address(Address address) => new()
    {
        ["id"] = address.Id,
        ["customer_id"] = address.CustomerId,
        ["address1"] = address.Street,
        ["address2"] = null,
        ["city"] = address.City,
        ["country_code"] = "GB",
        ["created_at"] = Instant(address.CreatedAt),
        ["updated_at"] = Instant(address.CreatedAt),
        ["zip"] = address.Zip,
    };

    public override JsonObject StoreSettings() => new()
    {
        ["id"] = 210042,
        ["checkout_logo_url"] = null,
        ["checkout_platform"] = Store.Options.Platform,
        ["created_at"] = Instant(Store.CreatedAt),
        ["currency"] = Store.Options.Currency,
        ["customer_portal_base_url"] = $"https://{Store.Options.StoreDomain}/tools/recurring",
        ["default_api_version"] = Store.Options.DefaultApiVersion,
        ["disabled_currencies_historical"] = new JsonArray(),
        ["email"] = "hello@example.test",
        ["enabled_presentment_currencies"] = new JsonArray(Store.Options.Currency),
        ["enabled_presentment_currencies_symbols"] = new JsonArray(),
        ["external_platform"] = Store.Options.Platform,
        ["identifier"] = Store.Options.StoreDomain,
        ["merchant_portal_base_url"] = $"https://{Store.Options.StoreDomain}/admin",
        ["name"] = Store.Options.StoreName,
        ["phone"] = null,
        ["timezone"] = new JsonObject { ["iana_name"] = Store.Options.TimeZone, ["name"] = Store.Options.TimeZone },
        ["updated_at"] = Instant(Store.CreatedAt),
        ["weight_unit"] = "kg",
    };

    internal static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string? Instant(DateTimeOffset? instant) => instant is { } given ? Instant(given) : null;

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Ecommerce(string? id) => new() { ["ecommerce"] = id };

    private static JsonObject Line(ChargeLine line) => new()
    {
        ["purchase_item_id"] = line.SubscriptionId,
        ["external_inventory_policy"] = "decrement_obeying_policy",
        ["external_product_id"] = Ecommerce(line.Variant.ProductId),
        ["external_variant_id"] = Ecommerce(line.Variant.VariantId),
        ["grams"] = line.Variant.Grams,
        ["handle"] = null,
        ["images"] = new JsonObject(),
        ["offer_attributes"] = null,
        ["original_price"] = Money(line.UnitPrice),
        ["properties"] = new JsonArray(),
        ["purchase_item_type"] = "subscription",
        ["quantity"] = line.Quantity,
        ["sku"] = line.Variant.Sku,
        ["tax_due"] = "0.00",
        ["tax_lines"] = new JsonArray(),
        ["taxable"] = true,
        ["taxable_amount"] = Money(line.Total),
        ["title"] = line.Variant.ProductTitle,
        ["total_price"] = Money(line.Total),
        ["unit_price"] = Money(line.UnitPrice),
        ["unit_price_includes_tax"] = false,
        ["variant_title"] = line.Variant.VariantTitle,
    };
}
