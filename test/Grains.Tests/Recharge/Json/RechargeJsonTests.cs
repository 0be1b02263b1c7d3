using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Recharge.Json;

namespace RechargeGrains.Grains.Tests.Recharge.Json;

public sealed class RechargeJsonTests
{
    private const string Subscription = """
        { "id": 900100411, "address_id": 800100511, "customer_id": 700100311,
          "analytics_data": {"utm_params": []},
          "cancellation_reason": null, "cancellation_reason_comments": null, "cancelled_at": null,
          "charge_interval_frequency": 30, "created_at": "2026-03-09T14:05:00+00:00",
          "expire_after_specific_number_of_charges": null,
          "external_product_id": {"ecommerce": "8200311"}, "external_variant_id": {"ecommerce": "44200322"},
          "has_queued_charges": true, "is_prepaid": false, "max_retries_reached": false,
          "next_charge_scheduled_at": "2026-04-08", "order_day_of_month": null, "order_day_of_week": null,
          "order_interval_frequency": 30, "order_interval_unit": "day",
          "presentment_currency": "GBP", "price": "12.50", "product_title": "Morning Tea",
          "properties": [{"name": "gift", "value": null}], "quantity": 2, "sku": null, "sku_override": false,
          "status": "active", "updated_at": "2026-03-09T14:05:00+00:00", "variant_title": "Loose leaf" }
        """;

    [Fact]
    public void A_subscription_is_read_whole() => Assert.Equal(Given.Subscription, Read(Subscription));

    [Fact]
    public void Types_that_drift_between_years_are_read_the_same() => Assert.Equal(
        Given.Subscription,
        Read("""
            { "id": "900100411", "address_id": "800100511", "customer_id": "700100311", "status": "ACTIVE",
              "created_at": "2026-03-09T14:05:00", "updated_at": "2026-03-09T10:05:00-04:00",
              "external_product_id": 8200311, "external_variant_id": {"ecommerce": 44200322},
              "product_title": " Morning Tea ", "variant_title": "Loose leaf", "price": 12.50, "quantity": "2",
              "order_interval_frequency": "30", "order_interval_unit": "Days", "next_charge_scheduled_at": "2026-04-08T00:00:00" }
            """));

    [Fact]
    public void Every_field_but_the_ids_may_be_missing() => Assert.Equal(
        new SubscriptionSnapshot { Id = 5, CustomerId = 6 }, Read("""{"id": 5, "customer_id": 6}"""));

    [Theory]
    [InlineData("""{"customer_id": 6}""")]
    [InlineData("""{"id": 5}""")]
    [InlineData("""{"id": "five", "customer_id": 6}""")]
    public void Without_its_ids_a_subscription_is_none(string json) => Assert.Null(Read(json));

    [Fact]
    public void A_subscription_read_from_its_customer_needs_no_customer_id() =>
        Assert.Equal(6, Parse<SubscriptionDto>("""{"id": 5}""").ToSnapshot(6)!.CustomerId);

    [Theory]
    [InlineData("active", SubscriptionStatus.Active)]
    [InlineData("cancelled", SubscriptionStatus.Cancelled)]
    [InlineData("canceled", SubscriptionStatus.Cancelled)]
    [InlineData("expired", SubscriptionStatus.Expired)]
    [InlineData("onetime", SubscriptionStatus.Other)]
    [InlineData("", SubscriptionStatus.Other)]
    public void A_status_that_is_not_known_never_counts_as_active(string text, SubscriptionStatus expected) =>
        Assert.Equal(expected, Read($$"""{"id": 5, "customer_id": 6, "status": "{{text}}"}""")!.Status);

    [Theory]
    [InlineData("2026-03-09T14:05:00+00:00")]
    [InlineData("2026-03-09T14:05:00Z")]
    [InlineData("2026-03-09T14:05:00")]
    [InlineData("2026-03-09T09:05:00-05:00")]
    public void A_time_without_an_offset_is_utc(string text)
    {
        var read = Read($$"""{"id": 5, "customer_id": 6, "updated_at": "{{text}}"}""")!.UpdatedAt;
        Assert.Equal(Given.Start, read);
        Assert.Equal(TimeSpan.Zero, read!.Value.Offset);
    }

    [Fact]
    public void Fractions_of_a_second_are_read() =>
        Assert.Equal(Given.Start.AddTicks(6376360), Read("""{"id": 5, "customer_id": 6, "updated_at": "2026-03-09T14:05:00.637636+00:00"}""")!.UpdatedAt);

    [Theory]
    [InlineData("2026-04-08", true)]
    [InlineData("2026-04-08T23:59:59-12:00", true)]
    [InlineData("08/04/2026", false)]
    [InlineData("2026-02-30", false)]
    public void A_date_is_never_shifted_through_a_time_zone(string text, bool readable) => Assert.Equal(
        readable ? new DateOnly(2026, 4, 8) : null, Read($$"""{"id": 5, "customer_id": 6, "next_charge_scheduled_at": "{{text}}"}""")!.NextChargeDate);

    [Fact]
    public void One_odd_field_does_not_cost_the_message() => Assert.Equal(
        new SubscriptionSnapshot { Id = 5, CustomerId = 6, Status = SubscriptionStatus.Active, ProductTitle = "Tea" },
        Read("""
            {"id": 5, "customer_id": 6, "status": "active", "product_title": "Tea", "price": {"amount": "1"}, "quantity": [2], "updated_at": "soon",
             "created_at": true, "cancelled_at": 17, "external_product_id": {"ecommerce": null}, "external_variant_id": {"other": {"ecommerce": "1"}}}
            """));

    [Fact]
    public void An_address_is_spelled_one_way_and_what_is_none_is_missing()
    {
        Assert.Equal("ines@example.test", Customer("""{"id": 5, "email": " Ines@Example.TEST "}""").Email);
        Assert.Null(Customer("""{"id": 5, "email": "nobody"}""").Email);
        Assert.Null(Customer("""{"id": 5, "email": ""}""").Email);
        Assert.Null(Customer("""{"id": 5}""").Email);
    }

    [Fact]
    public void A_customer_is_read_with_its_shopify_id() => Assert.Equal(
        Given.Customer,
        Customer("""{"id": 700100311, "email": "ines@example.test", "external_customer_id": {"ecommerce": "8100200300"}, "updated_at": "2026-03-09T14:05:00"}"""));

    [Theory]
    [InlineData("""{"id": 5, "include": {"subscriptions": [{"id": 8}]}}""")]
    [InlineData("""{"id": 5, "subscriptions": [{"id": 8}]}""")]
    public void Included_subscriptions_are_found_in_either_place(string json) =>
        Assert.Equal(8, Assert.Single(Parse<CustomerDto>(json).IncludedSubscriptions!).Id);

    [Fact]
    public void A_customer_without_an_include_is_told_from_one_with_an_empty_one()
    {
        Assert.Null(Parse<CustomerDto>("""{"id": 5}""").IncludedSubscriptions);
        Assert.Empty(Parse<CustomerDto>("""{"id": 5, "include": {"subscriptions": []}}""").IncludedSubscriptions!);
    }

    [Fact]
    public void A_charge_is_read_with_customer_and_items()
    {
        var charge = Parse<ChargeDto>("""
            { "id": 1500100611, "address_id": 800100511, "status": "queued", "scheduled_at": "2026-04-08T00:00:00", "total_price": "27.40",
              "customer": {"id": 700100311, "email": "ines@example.test", "external_customer_id": {"ecommerce": "8100200300"}, "hash": "0123"},
              "tax_lines": "[]", "retry_date": null,
              "line_items": [{"purchase_item_id": 900100411, "purchase_item_type": "subscription",
                "external_product_id": {"ecommerce": "8200311"}, "external_variant_id": {"ecommerce": "44200322"},
                "title": "Morning Tea", "variant_title": "Loose leaf", "quantity": 2, "unit_price": "12.50", "tax_lines": []}] }
            """).ToSnapshot()!;

        Assert.Equal(Given.Charge with { Items = charge.Items, Customer = charge.Customer }, charge);
        Assert.Equal(Given.Charge.Items, charge.Items);
        Assert.Equal(Given.Customer with { UpdatedAt = null }, charge.Customer);
    }

    [Theory]
    [InlineData("""{"address_id": 1, "scheduled_at": "2026-04-08", "customer": {"id": 2}}""")]
    [InlineData("""{"id": 1, "scheduled_at": "2026-04-08", "customer": {"id": 2}}""")]
    [InlineData("""{"id": 1, "address_id": 1, "customer": {"id": 2}}""")]
    [InlineData("""{"id": 1, "address_id": 1, "scheduled_at": "2026-04-08"}""")]
    public void A_charge_that_does_not_say_whose_where_or_when_is_none(string json) => Assert.Null(Parse<ChargeDto>(json).ToSnapshot());

    [Fact]
    public void A_page_has_its_rows_and_its_cursor()
    {
        var page = Parse<CustomersEnvelope>("""{"next_cursor": "eyJ4", "previous_cursor": null, "customers": [{"id": 5}, {"id": 6}]}""");
        Assert.Equal("eyJ4", page.NextCursor);
        Assert.Equal([5L, 6L], page.Customers!.Select(customer => customer.Id!.Value));
        Assert.Null(Parse<CustomersEnvelope>("""{"next_cursor": null, "customers": []}""").NextCursor);
    }

    [Fact]
    public void A_text_that_stops_in_the_middle_is_not_believed() =>
        Assert.Throws<JsonException>(() => Parse<CustomersEnvelope>("""{"next_cursor": null, "customers": [{"id": 5}"""));

    private static SubscriptionSnapshot? Read(string json) => Parse<SubscriptionDto>(json).ToSnapshot();

    private static CustomerProfile Customer(string json) => Parse<CustomerDto>(json).ToProfile()!;

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, RechargeJson.Options)!;
}
