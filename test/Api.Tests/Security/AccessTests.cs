namespace RechargeGrains.Api.Tests.Security;

/// <summary>Who may do what: operators everything, administrators their tenant, members no keys, and nobody sees another tenant.</summary>
public sealed class AccessTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Without_a_token_or_with_a_wrong_one_nothing_is_answered()
    {
        var tenant = await fixture.AddTenantAsync();
        string?[] tokens = [null, "", "wrong", "rg.tenant-1.tok.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", fixture.Product.Settings.OperatorToken + "x"];
        foreach (var token in tokens)
        {
            using var stranger = Client(token);
            foreach (var path in new[] { "/api/v1/tenants", tenant.Path, $"{tenant.Path}/accounts", "/api/v1/tenants/none" })
                Assert.Equal("unauthenticated", (await stranger.GetAsync(path)).Expect(401).Code);
            Assert.Equal("unauthenticated", (await stranger.PostAsync("/api/v1/tenants", new { tenantId = "mine", name = "Mine" })).Expect(401).Code);
        }
    }

    [Fact]
    public async Task A_revoked_token_is_no_token()
    {
        var tenant = await fixture.AddTenantAsync();
        var made = (await tenant.Administrator.PostAsync($"{tenant.Path}/tokens", new { name = "Eve", role = "administrator" })).Expect(201);
        using var eve = Client(made.Field("token"));
        (await eve.GetAsync($"{tenant.Path}/accounts")).Expect(200);

        (await tenant.Administrator.DeleteAsync($"{tenant.Path}/tokens/{made.Field("tokenId")}")).Expect(204);

        Assert.Equal("unauthenticated", (await eve.GetAsync($"{tenant.Path}/accounts")).Expect(401).Code);
        (await tenant.Administrator.DeleteAsync($"{tenant.Path}/tokens/{made.Field("tokenId")}")).Expect(404);
        await fixture.KillAndStartAsync();
        Assert.Equal("unauthenticated", (await eve.GetAsync($"{tenant.Path}/accounts")).Expect(401).Code);
        (await tenant.Administrator.GetAsync($"{tenant.Path}/accounts")).Expect(200);
    }

    [Fact]
    public async Task A_member_reads_connections_and_is_kept_from_keys_and_from_steering()
    {
        var connection = await fixture.AddConnectionAsync();
        var tenant = connection.Tenant;
        using var member = await tenant.AddMemberAsync();

        (await member.GetAsync(tenant.Path)).Expect(200);
        (await member.GetAsync($"{tenant.Path}/connections")).Expect(200);
        (await member.GetAsync(connection.Path)).Expect(200);
        (await member.GetAsync($"{connection.Path}/deliveries")).Expect(200);
        (await member.GetAsync($"{connection.Path}/customers?rechargeId=1")).Expect(200);
        ProductAnswer[] refused =
        [
            await member.GetAsync($"{tenant.Path}/accounts"),
            await member.PostAsync($"{tenant.Path}/accounts", new { kind = "ometria", name = "x", apiKey = "y" }),
            await member.PutAsync($"{tenant.Path}/accounts/{connection.OmetriaAccountId}", new { apiKey = "y" }),
            await member.PostAsync($"{tenant.Path}/tokens", new { name = "x", role = "administrator" }),
            await member.PostAsync($"{tenant.Path}/connections", new { }),
            await member.PostAsync($"{connection.Path}/pause"),
            await member.PostAsync($"{connection.Path}/disconnect"),
            await member.PutAsync($"{tenant.Path}/enablement", new { recharge = true }),
            await member.PostAsync("/api/v1/tenants", new { tenantId = "mine", name = "Mine" }),
        ];
        Assert.All(refused, answer => Assert.Equal((403, "forbidden"), (answer.Status, answer.Code)));
        Assert.Equal("active", (string?)(await connection.StatusAsync())["state"]);
    }

    [Fact]
    public async Task An_administrator_may_not_enable_what_he_is_to_pay_for()
    {
        var tenant = await fixture.AddTenantAsync(recharge: false);

        (await tenant.Administrator.PutAsync($"{tenant.Path}/enablement", new { recharge = true, customEvents = ProductSetup.AllEvents })).Expect(403);

        var body = (await tenant.Administrator.GetAsync(tenant.Path)).Expect(200).Body!;
        Assert.False((bool)body["enablement"]!["recharge"]!);
    }

    [Fact]
    public async Task Another_tenant_is_not_to_be_seen_and_looks_as_one_that_does_not_exist()
    {
        var connection = await fixture.AddConnectionAsync();
        var theirs = connection.Tenant.Path;
        var other = await fixture.AddTenantAsync();
        string[] paths = ["", "/accounts", "/connections", $"/connections/{connection.Id}", $"/connections/{connection.Id}/deliveries"];
        foreach (var path in paths)
        {
            var hidden = (await other.Administrator.GetAsync(theirs + path)).Expect(404);
            var absent = (await other.Administrator.GetAsync("/api/v1/tenants/no-such-tenant" + path)).Expect(404);
            Assert.Equal(absent.Code, hidden.Code);
            Assert.Equal(absent.Field("detail"), hidden.Field("detail"));
        }

        ProductAnswer[] refused =
        [
            await other.Administrator.PostAsync($"{theirs}/connections/{connection.Id}/disconnect"),
            await other.Administrator.PostAsync($"{theirs}/tokens", new { name = "x", role = "administrator" }),
            await other.Administrator.PutAsync($"{theirs}/accounts/{connection.OmetriaAccountId}", new { apiKey = "y" }),
            await other.Administrator.PutAsync($"{theirs}/enablement", new { recharge = false }),
            await other.Administrator.GetAsync($"{other.Path}/connections/{connection.Id}"),
            await other.Administrator.PostAsync($"{other.Path}/connections/{connection.Id}/pause"),
            // Its accounts cannot be borrowed either.
        ];
        Assert.All(refused, answer => Assert.Equal(404, answer.Status));
        var borrowed = await other.PostConnectionAsync(connection.OmetriaAccountId, connection.RechargeAccountId);
        Assert.NotNull(borrowed.Expect(400).Body!["errors"]!["ometriaAccountId"]);
        Assert.Equal("active", (string?)(await connection.StatusAsync())["state"]);
    }

    [Fact]
    public async Task The_operators_token_makes_tenants_and_sees_all_of_them()
    {
        var tenant = await fixture.AddTenantAsync();

        var list = (await fixture.Operator.GetAsync("/api/v1/tenants")).Expect(200).Body!["tenants"]!.AsArray();
        Assert.Contains(list, entry => (string?)entry!["tenantId"] == tenant.Id);
        (await fixture.Operator.GetAsync($"{tenant.Path}/accounts")).Expect(200);
        Assert.Equal("tenant_exists", (await fixture.Operator.PostAsync("/api/v1/tenants", new { tenantId = tenant.Id, name = "Again" })).Expect(409).Code);
        (await fixture.Operator.GetAsync("/api/v1/tenants/no-such-tenant/accounts")).Expect(404);
    }

    [Theory]
    [InlineData("""{"tenantId":"Upper","name":"x"}""", "tenantId")]
    [InlineData("""{"tenantId":"-x","name":"x"}""", "tenantId")]
    [InlineData("""{"tenantId":"a/b","name":"x"}""", "tenantId")]
    [InlineData("""{"name":"x"}""", "tenantId")]
    [InlineData("""{"tenantId":"fine"}""", "name")]
    [InlineData("""{"tenantId":"fine","name":["x"]}""", "name")]
    public async Task A_tenant_that_breaks_a_rule_is_answered_with_its_field(string body, string field)
    {
        var answer = (await fixture.Operator.PostTextAsync("/api/v1/tenants", body)).Expect(400);

        Assert.Equal("invalid_request", answer.Code);
        Assert.NotNull(answer.Body!["errors"]![field]);
    }

    private TestClient Client(string? token)
    {
        var client = new TestClient(fixture.Product.Address, null);
        if (token is not null)
            client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return client;
    }
}
