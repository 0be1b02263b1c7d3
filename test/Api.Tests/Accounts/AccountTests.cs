namespace RechargeGrains.Api.Tests.Accounts;

/// <summary>What an account is refused for, and that nothing of a refused one is kept.</summary>
public sealed class AccountTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_wrong_recharge_key_is_rejected_and_not_kept()
    {
        var tenant = await fixture.AddTenantAsync();

        var answer = (await tenant.AddRechargeAsync("sk_wrong_key_never_shown")).Expect(422);

        Assert.Equal("key_rejected", answer.Code);
        Assert.DoesNotContain("sk_wrong_key_never_shown", answer.Text, StringComparison.Ordinal);
        await AssertNothingKeptAsync(tenant);
    }

    [Fact]
    public async Task A_wrong_ometria_key_is_rejected_and_not_kept()
    {
        var tenant = await fixture.AddTenantAsync();

        var answer = (await tenant.AddOmetriaAsync("wrong_key_never_shown")).Expect(422);

        Assert.Equal("key_rejected", answer.Code);
        Assert.DoesNotContain("wrong_key_never_shown", answer.Text, StringComparison.Ordinal);
        await AssertNothingKeptAsync(tenant);
    }

    [Fact]
    public async Task A_recharge_key_that_lacks_scopes_is_refused_with_their_names()
    {
        var tenant = await fixture.AddTenantAsync();
        fixture.Sandbox.Tokens.Find(tenant.RechargeToken)!.Scopes = [ScopeNames.Store, ScopeNames.Orders];

        var answer = (await tenant.AddRechargeAsync()).Expect(422);

        Assert.Equal("missing_scopes", answer.Code);
        Assert.Equal(
            ["read_customers", "read_subscriptions"], answer.Body!["missingScopes"]!.AsArray().Select(scope => (string)scope!).Order());
        Assert.Contains("read_customers", answer.Field("detail"), StringComparison.Ordinal);
        await AssertNothingKeptAsync(tenant);
        fixture.Sandbox.Tokens.Find(tenant.RechargeToken)!.Scopes = ScopeNames.All;
        (await tenant.AddRechargeAsync()).Expect(201);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task A_recharge_that_does_not_answer_properly_is_unreachable_and_nothing_is_kept(int status)
    {
        var tenant = await fixture.AddTenantAsync();
        fixture.Sandbox.Faults.Recharge.Always(status == 200 ? Fault.Garbage : Fault.Status(status));
        try
        {
            Assert.Equal("unreachable", (await tenant.AddRechargeAsync()).Expect(422).Code);
        }
        finally
        {
            fixture.Sandbox.Faults.Clear();
        }

        await AssertNothingKeptAsync(tenant);
        (await tenant.AddRechargeAsync()).Expect(201);
    }

    [Fact]
    public async Task An_ometria_that_cannot_be_reached_is_unreachable_and_nothing_is_kept()
    {
        var tenant = await fixture.AddTenantAsync();
        fixture.Sandbox.Faults.Ometria.Always(Fault.Reset);
        try
        {
            Assert.Equal("unreachable", (await tenant.AddOmetriaAsync()).Expect(422).Code);
        }
        finally
        {
            fixture.Sandbox.Faults.Clear();
        }

        await AssertNothingKeptAsync(tenant);
    }

    [Fact]
    public async Task An_ometria_key_that_may_only_push_is_taken_unverified()
    {
        var tenant = await fixture.AddTenantAsync();
        fixture.Sandbox.OmetriaAccounts.AddKey("push_only_key_Po44", tenant.Ometria, mayRead: false);

        var answer = (await tenant.AddOmetriaAsync("push_only_key_Po44")).Expect(201);

        Assert.Equal("false", answer.Field("verified"));
        Assert.NotEmpty(answer.Field("notice")!);
        Assert.EndsWith("Po44", answer.Field("keyHint"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_shows_the_store_and_of_its_key_the_last_four_characters_only()
    {
        var tenant = await fixture.AddTenantAsync();

        var recharge = (await tenant.AddRechargeAsync()).Expect(201);
        var ometria = (await tenant.AddOmetriaAsync()).Expect(201);
        var list = (await tenant.Administrator.GetAsync($"{tenant.Path}/accounts")).Expect(200);

        Assert.Equal("recharge", recharge.Field("kind"));
        Assert.Equal("Store", recharge.Field("name"));
        Assert.Equal("Morning Coffee", (string?)recharge.Body!["store"]!["name"]);
        Assert.Equal(["recharge", "ometria"], list.Body!["accounts"]!.AsArray().Select(account => (string)account!["kind"]!));
        foreach (var text in new[] { recharge.Text, ometria.Text, list.Text })
        {
            Assert.DoesNotContain(tenant.ClientSecret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(tenant.RechargeToken[^5..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(tenant.OmetriaKey[^5..], text, StringComparison.Ordinal);
        }

        Assert.EndsWith("Rt77", recharge.Field("keyHint"), StringComparison.Ordinal);
        Assert.EndsWith("Ok99", ometria.Field("keyHint"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_can_be_used_once_for_each_kind()
    {
        var tenant = await fixture.AddTenantAsync();
        (await tenant.AddOmetriaAsync(name: "Main")).Expect(201);

        Assert.Equal("duplicate_name", (await tenant.AddOmetriaAsync(name: "main")).Expect(409).Code);
        (await tenant.AddRechargeAsync(name: "Main")).Expect(201);
    }

    [Theory]
    [InlineData("""{"kind":"shopify","name":"x","apiKey":"y"}""", "kind")]
    [InlineData("""{"name":"x","apiKey":"y"}""", "kind")]
    [InlineData("""{"kind":"ometria","apiKey":"y"}""", "name")]
    [InlineData("""{"kind":"ometria","name":"  ","apiKey":"y"}""", "name")]
    [InlineData("""{"kind":"ometria","name":"x"}""", "apiKey")]
    [InlineData("""{"kind":"ometria","name":"x","apiKey":""}""", "apiKey")]
    [InlineData("""{"kind":"ometria","name":"x","apiKey":"a\r\nX-Evil: 1"}""", "apiKey")]
    [InlineData("""{"kind":"ometria","name":"x","apiKey":7}""", "apiKey")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    [InlineData("{\"kind\"", "body")]
    public async Task A_body_that_breaks_a_rule_is_answered_with_its_field(string body, string field)
    {
        var tenant = await fixture.AddTenantAsync();

        var answer = (await tenant.Administrator.PostTextAsync($"{tenant.Path}/accounts", body)).Expect(400);

        Assert.Equal("invalid_request", answer.Code);
        Assert.NotNull(answer.Body!["errors"]![field]);
        await AssertNothingKeptAsync(tenant);
    }

    [Fact]
    public async Task Replacing_the_key_of_an_account_that_does_not_exist_is_not_found()
    {
        var tenant = await fixture.AddTenantAsync();

        Assert.Equal("not_found", (await tenant.Administrator.PutAsync($"{tenant.Path}/accounts/acc_none", new { apiKey = "x" })).Expect(404).Code);
    }

    private static async Task AssertNothingKeptAsync(TestTenant tenant) =>
        Assert.Empty((await tenant.Administrator.GetAsync($"{tenant.Path}/accounts")).Expect(200).Body!["accounts"]!.AsArray());
}
