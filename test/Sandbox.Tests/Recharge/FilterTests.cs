using System.Text.Json;

namespace RechargeGrains.Sandbox.Tests;

public sealed class FilterTests : SandboxTest
{
    [Fact]
    public async Task Customers_are_found_by_email_ids_and_time()
    {
        var host = await StartAsync();
        var one = host.Store.AddCustomer("jo+coffee@example.test");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var two = host.Store.AddCustomer();

        Assert.Equal([one.Id], await IdsAsync(host, "customers", "email=jo%2Bcoffee%40example.test"));
        Assert.Equal([two.Id, one.Id], await IdsAsync(host, "customers", $"ids={one.Id},{two.Id}"));
        Assert.Equal([two.Id], await IdsAsync(host, "customers", "updated_at_min=2026-03-09T14:01:00%2B00:00"));
        Assert.Equal([two.Id, one.Id], await IdsAsync(host, "customers", "created_at_min=2026-03-09T14:00:00Z&created_at_max=2026-03-09T14:01:00"));
        Assert.Equal([one.Id], await IdsAsync(host, "customers", $"external_customer_id={one.ExternalId}"));
    }

    [Fact]
    public async Task Subscriptions_are_found_by_owner_address_and_status()
    {
        var host = await StartAsync();
        var customer = host.Store.AddCustomer();
        var kept = host.Store.CreateSubscription(customer.Id);
        var gone = host.Store.CreateSubscription(customer.Id, new NewSubscription { ToNewAddress = true });
        host.Store.Cancel(gone.Id);

        Assert.Equal([gone.Id, kept.Id], await IdsAsync(host, "subscriptions", $"customer_id={customer.Id}"));
        Assert.Equal([kept.Id], await IdsAsync(host, "subscriptions", $"customer_id={customer.Id}&status=active"));
        Assert.Equal([gone.Id], await IdsAsync(host, "subscriptions", $"address_id={gone.AddressId}"));
    }

    [Fact]
    public async Task Charges_are_found_by_status_and_date()
    {
        var host = await StartAsync(options => options.Customers = 0);
        var customer = host.Store.AddCustomer();
        host.Store.CreateSubscription(customer.Id, new NewSubscription { NextChargeOn = new DateOnly(2026, 3, 16) });
        host.Store.CreateSubscription(customer.Id, new NewSubscription { NextChargeOn = new DateOnly(2026, 3, 20) });
        var ids = host.Store.QueuedChargesOf(customer.Id).Select(charge => charge.Id).ToArray();

        Assert.Equal([ids[0]], await IdsAsync(host, "charges", "scheduled_at=2026-03-16"));
        Assert.Equal(ids, await IdsAsync(host, "charges", "status=queued&scheduled_at_min=2026-03-16&scheduled_at_max=2026-03-20&sort_by=scheduled_at-asc"));
        Assert.Empty(await IdsAsync(host, "charges", "status=success,error"));
        Assert.Equal([ids[1], ids[0]], await IdsAsync(host, "charges", $"customer_id={customer.Id}&address_id={host.Store.AddressesOf(customer.Id)[0].Id}"));
    }

    [Fact]
    public async Task Paid_charges_older_than_90_days_are_gone()
    {
        var host = await StartAsync(options => options.Customers = 0);
        var customer = host.Store.AddCustomer();
        host.Store.CreateSubscription(customer.Id);
        var paid = host.Store.Charges.Single(charge => charge.Status == ChargeStatus.Success);
        Assert.Equal([paid.Id], await IdsAsync(host, "charges", "status=success"));

        host.Clock.Advance(TimeSpan.FromDays(91));

        Assert.Empty(await IdsAsync(host, "charges", "status=success"));
        Assert.Equal(404, (await RefusedAsync(host, $"/charges/{paid.Id}")).Status);
    }

    [Theory]
    [InlineData("customers", "updated_at_min=yesterday", "updated_at_min")]
    [InlineData("customers", "updated_at_max=2026-01-01T00:00:00+00:00", "updated_at_max")] // The plus was not escaped.
    [InlineData("charges", "scheduled_at=31.01.2026", "scheduled_at")]
    [InlineData("subscriptions", "status=ACTIVE", "status")]
    [InlineData("subscriptions", "customer_id=abc", "customer_id")]
    public async Task A_bad_value_is_422_under_its_name(string resource, string query, string field)
    {
        var host = await StartAsync();

        var (status, body) = await RefusedAsync(host, $"/{resource}?{query}");

        Assert.Equal(422, status);
        Assert.True(JsonDocument.Parse(body).RootElement.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("2026-03-09T14:00:00%2B0000")]
    [InlineData("2026-03-09T15:00:00%2B01:00")]
    [InlineData("2026-03-09T14:00:00.123456Z")]
    [InlineData("2026-03-09")]
    public async Task Dates_are_taken_in_every_iso_form(string value)
    {
        var host = await StartAsync();
        var added = host.Store.AddCustomer();

        Assert.Contains(added.Id, await IdsAsync(host, "customers", $"updated_at_min={value}"));
    }

    [Fact]
    public async Task Included_objects_hang_under_include_and_the_misspelt_parameter_is_ignored()
    {
        var host = await StartAsync();
        var customer = host.Store.AddCustomer();
        var subscription = host.Store.CreateSubscription(customer.Id);

        var row = (await GetAsync(host, $"/subscriptions/{subscription.Id}?include=customer")).GetProperty("subscription");
        var plain = (await GetAsync(host, $"/subscriptions/{subscription.Id}?includes=customer")).GetProperty("subscription");
        var owner = (await GetAsync(host, $"/customers/{customer.Id}?include=subscriptions")).GetProperty("customer");

        Assert.Equal(customer.Email, row.GetProperty("include").GetProperty("customer").GetProperty("email").GetString());
        Assert.False(plain.TryGetProperty("include", out _));
        Assert.Equal(subscription.Id, owner.GetProperty("include").GetProperty("subscriptions")[0].GetProperty("id").GetInt64());
        Assert.Equal(1, owner.GetProperty("subscriptions_active_count").GetInt32());
    }

    [Fact]
    public async Task The_shapes_of_2021_11_are_kept()
    {
        var host = await StartAsync(options => options.Customers = 0);
        var customer = host.Store.AddCustomer();
        var subscription = host.Store.CreateSubscription(customer.Id, new NewSubscription { Price = 24m, NextChargeOn = new DateOnly(2026, 4, 1) });

        var row = (await GetAsync(host, $"/subscriptions/{subscription.Id}")).GetProperty("subscription");
        var charge = (await GetAsync(host, "/charges?status=queued")).GetProperty("charges")[0];

        Assert.Equal("24.00", row.GetProperty("price").GetString());
        Assert.Equal("2026-04-01", row.GetProperty("next_charge_scheduled_at").GetString());
        Assert.Equal("2026-03-09T14:00:00+00:00", row.GetProperty("created_at").GetString());
        Assert.Equal("active", row.GetProperty("status").GetString());
        Assert.Equal(subscription.Variant.ProductId, row.GetProperty("external_product_id").GetProperty("ecommerce").GetString());
        Assert.False(row.TryGetProperty("email", out _));
        Assert.Equal("2026-04-01", charge.GetProperty("scheduled_at").GetString());
        Assert.Equal("28.90", charge.GetProperty("total_price").GetString());
        Assert.Equal(customer.Email, charge.GetProperty("customer").GetProperty("email").GetString());
        Assert.False(charge.TryGetProperty("customer_id", out _));
        Assert.Equal(subscription.Id, charge.GetProperty("line_items")[0].GetProperty("purchase_item_id").GetInt64());
    }

    [Fact]
    public async Task Events_reach_seven_days_back()
    {
        var host = await StartAsync();
        var customer = host.Store.AddCustomer();
        var subscription = host.Store.CreateSubscription(customer.Id);
        host.Store.DeleteSubscription(subscription.Id);

        var deleted = (await GetAsync(host, $"/events?object_type=subscription&verbs=deleted&customer_id={customer.Id}")).GetProperty("events")[0];
        var (status, body) = await RefusedAsync(host, "/events?created_at_min=2026-03-01");

        Assert.Equal(subscription.Id, deleted.GetProperty("object_id").GetInt64());
        Assert.Equal((422, """{"errors":{"_schema":["created_at_min must be less than 7 days ago"]}}"""), (status, body));
    }

    private async Task<long[]> IdsAsync(SandboxHost host, string resource, string query) =>
        [.. (await GetAsync(host, $"/{resource}?{query}")).GetProperty(resource).EnumerateArray().Select(row => row.GetProperty("id").GetInt64())];
}
