namespace RechargeGrains.Api.Tests.Audit;

/// <summary>Who did what: written by the API too, for administrators, without a key in it.</summary>
public sealed class AuditTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task What_was_done_is_written_down_with_who_and_from_where_and_what_was_refused_is_not()
    {
        var connection = await fixture.AddConnectionAsync();
        var tenant = connection.Tenant;
        using var member = await tenant.AddMemberAsync();
        await connection.ActAsync("pause");
        await connection.ActAsync("resume");
        (await member.PostAsync($"{connection.Path}/pause")).Expect(403);
        (await tenant.AddOmetriaAsync(apiKey: "no_key_of_ometria_00000000", name: "Second")).Expect(422);

        var answer = (await tenant.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(200);
        var entries = answer.Body!["entries"]!.AsArray();

        Assert.Equal(
            ["connection.resume", "connection.pause", "token.added", "connection.made", "account.added", "account.added", "token.added", "enablement.changed", "tenant.made"],
            entries.Select(entry => (string)entry!["action"]!));
        Assert.Equal(connection.Id, (string?)entries[0]!["target"]);
        Assert.StartsWith("token tok_", (string?)entries[0]!["who"], StringComparison.Ordinal);
        Assert.Equal("Store", (string?)entries.Single(entry => (string?)entry!["detail"] == "at Recharge")!["target"]);
        Assert.Equal("the operator's token", (string?)entries[^1]!["who"]);
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", (string?)entry!["from"]));
        Assert.All(new[] { tenant.OmetriaKey, tenant.RechargeToken, tenant.ClientSecret, tenant.Administrator.Token! }, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));
        Assert.Equal("forbidden", (await member.GetAsync($"{tenant.Path}/audit")).Expect(403).Code);
        var other = await fixture.AddTenantAsync();
        (await other.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(404);
        Assert.Empty((await tenant.Administrator.GetAsync($"{tenant.Path}/audit?cursor=0")).Expect(200).Body!["entries"]!.AsArray());
        Assert.Equal(entries.Count, (await tenant.Administrator.GetAsync($"{tenant.Path}/audit?cursor={long.MaxValue}")).Expect(200).Body!["entries"]!.AsArray().Count);
        Assert.Equal("invalid_request", (await tenant.Administrator.GetAsync($"{tenant.Path}/audit?cursor=x")).Expect(400).Code);
    }
}
