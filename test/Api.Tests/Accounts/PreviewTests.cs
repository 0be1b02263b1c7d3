namespace RechargeGrains.Api.Tests.Accounts;

/// <summary>What a first import would do, before there is a connection: the numbers of the store, and nothing sent.</summary>
public sealed class PreviewTests(PreviewTests.Fixture fixture) : IClassFixture<PreviewTests.Fixture>
{
    private const int Customers = 1_300;

    [Fact]
    public async Task The_numbers_are_those_of_the_store_also_over_a_kill_and_nothing_is_sent()
    {
        var tenant = await fixture.AddTenantAsync();
        (await tenant.AddOmetriaAsync()).Expect(201);
        var path = await AddRechargeAsync(tenant);
        Assert.Equal("no_preview", (await tenant.Administrator.GetAsync(path)).Expect(404).Code);
        // The third page is not given before the product was killed.
        var faults = fixture.Sandbox.Faults.Recharge;
        var pages = 0;
        faults.Always(Fault.Status(503), call => call.Path.EndsWith("/customers", StringComparison.Ordinal) && Interlocked.Increment(ref pages) >= 3);

        var asked = (await tenant.Administrator.PostAsync(path)).Expect(202).Body!;
        Assert.Equal(("counting", true), ((string?)asked["state"], (bool)asked["isMinimum"]!));
        var soFar = await tenant.Administrator.WaitForAsync(path, body => (int)body["pagesRead"]! == 2);
        Assert.Equal(("counting", 500, true), ((string?)soFar["state"], (int)soFar["customers"]!, (bool)soFar["isMinimum"]!));
        await fixture.KillAsync();
        fixture.Sandbox.Faults.Clear();
        var calls = 0;
        faults.Always(Fault.Reset, call =>
        {
            if (call.Path.EndsWith("/customers", StringComparison.Ordinal))
                Interlocked.Increment(ref calls);
            return false;
        });
        await fixture.StartAsync();

        var done = await tenant.Administrator.WaitForAsync(path, body => (string?)body["state"] != "counting");
        var store = fixture.Sandbox.Store;
        Assert.Equal("done", (string?)done["state"]);
        Assert.Equal(Customers, (int)done["customers"]!);
        Assert.Equal(store.Subscriptions.Count, (int)done["subscriptions"]!);
        Assert.Equal(store.Subscriptions.Count(subscription => subscription.IsActive), (int)done["active"]!);
        Assert.Equal((6, false, 0), ((int)done["pagesRead"]!, (bool)done["isMinimum"]!, (int)done["eventsToBeSent"]!));
        // A push for each hundred, at 97 % of 4 a second; six calls at 20 a second are faster.
        Assert.Equal(4, (int)done["estimatedSeconds"]!);
        Assert.Equal(4, calls);
        Assert.Equal((string?)asked["startedAt"], (string?)done["startedAt"]);
        Assert.NotNull((string?)done["finishedAt"]);
        Assert.Empty(tenant.Ometria.Pushes);
        Assert.Empty(fixture.Sandbox.Webhooks.Registrations);
    }

    [Fact]
    public async Task A_start_date_is_read_as_that_of_a_connection()
    {
        var tenant = await fixture.AddTenantAsync();
        var path = await AddRechargeAsync(tenant);
        var start = DateTimeOffset.UtcNow.AddYears(-1);

        var asked = (await tenant.Administrator.PostAsync(path, new { customersStartDate = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })).Expect(202).Body!;
        var midnight = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero);
        Assert.Equal(midnight, (DateTimeOffset)asked["customersStartDate"]!);
        var done = await tenant.Administrator.WaitForAsync(path, body => (string?)body["state"] == "done");
        var expected = fixture.Sandbox.Store.Customers.Count(customer => customer.UpdatedAt > midnight);
        Assert.InRange(expected, 1, Customers - 1);
        Assert.Equal(expected, (int)done["customers"]!);

        var wrong = (await tenant.Administrator.PostAsync(path, new { customersStartDate = "yesterday" })).Expect(400);
        Assert.NotNull(wrong.Body!["errors"]!["customersStartDate"]);
        Assert.NotNull((await tenant.Administrator.PostAsync(path, new { customersStartDate = "1999-12-31" })).Expect(400).Body!["errors"]!["customersStartDate"]);
        Assert.Equal(expected, (int)(await tenant.Administrator.GetAsync(path)).Expect(200).Body!["customers"]!);
    }

    [Fact]
    public async Task It_is_for_administrators_and_for_accounts_at_recharge()
    {
        var tenant = await fixture.AddTenantAsync();
        var path = await AddRechargeAsync(tenant);
        var ometria = $"{tenant.Path}/accounts/{(await tenant.AddOmetriaAsync()).Expect(201).Field("accountId")}/preview";
        var other = await fixture.AddTenantAsync();
        using var member = await tenant.AddMemberAsync();

        foreach (var answer in new[] { await member.GetAsync(path), await member.PostAsync(path) })
            Assert.Equal("forbidden", answer.Expect(403).Code);
        foreach (var answer in new[] { await other.Administrator.GetAsync(path), await other.Administrator.PostAsync(path) })
            Assert.Equal("not_found", answer.Expect(404).Code);
        foreach (var answer in new[] { await tenant.Administrator.GetAsync(ometria), await tenant.Administrator.PostAsync(ometria) })
            Assert.Equal("not_recharge", answer.Expect(409).Code);
        Assert.Equal("not_found", (await tenant.Administrator.PostAsync($"{tenant.Path}/accounts/acc_none/preview")).Expect(404).Code);
        Assert.Equal("no_preview", (await fixture.Operator.GetAsync(path)).Expect(404).Code);
        (await fixture.Operator.PostAsync(path)).Expect(202);
        // Its pages are not to be taken for another test's.
        await fixture.Operator.WaitForAsync(path, body => (string?)body["state"] == "done");
    }

    private static async Task<string> AddRechargeAsync(TestTenant tenant) =>
        $"{tenant.Path}/accounts/{(await tenant.AddRechargeAsync()).Expect(201).Field("accountId")}/preview";

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options)
        {
            options.Customers = Customers;
            options.BucketSize = 400;
            options.LeakPerSecond = 20;
        }
    }
}
