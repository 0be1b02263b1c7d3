namespace RechargeGrains.Api.Tests.Connections;

/// <summary>Who may ask for a re-import, and when.</summary>
/// <remarks>Apart from <see cref="ReimportTests"/>, which looks at the whole of the sandbox and so has it for itself.</remarks>
public sealed class ReimportRefusalTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_paused_or_disconnected_connection_is_not_imported_again_and_a_member_may_not_ask()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        using var member = await connection.Tenant.AddMemberAsync();
        Assert.Equal("forbidden", (await member.PostAsync($"{connection.Path}/import")).Expect(403).Code);
        await connection.ActAsync("pause");
        Assert.Equal("paused", (await connection.Tenant.Administrator.PostAsync($"{connection.Path}/import")).Expect(409).Code);
        Assert.Equal("first", (string?)(await connection.StatusAsync())["import"]!["kind"]);
        await connection.ActAsync("resume");
        await connection.ActAsync("import");
        await connection.WaitForAsync(status => ((string?)status["import"]!["kind"], (string?)status["import"]!["state"]) == ("reimport", "finished"));

        await connection.ActAsync("disconnect");
        Assert.Equal("disconnected", (await connection.Tenant.Administrator.PostAsync($"{connection.Path}/import")).Expect(409).Code);
    }
}
