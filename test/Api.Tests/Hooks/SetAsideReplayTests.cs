namespace RechargeGrains.Api.Tests.Hooks;

/// <summary>Bodies that were set aside, as those see them who look after a connection.</summary>
public sealed class SetAsideReplayTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private const string Topic = "subscription/created";
    private const string Text = "{\"subscription\":{\"email\":\"Zoë\"}}";

    private static readonly byte[] NoText = [0xff, 0xfe, 0x00];

    [Fact]
    public async Task Everybody_sees_what_is_set_aside_and_administrators_what_is_in_it()
    {
        var connection = await SetAsideAsync(Encoding.UTF8.GetBytes(Text), NoText);
        using var member = await connection.Tenant.AddMemberAsync();

        var list = (await member.GetAsync($"{connection.Path}/set-aside")).Expect(200);
        var bodies = list.Body!["bodies"]!.AsArray();
        Assert.Equal(["1", "0"], bodies.Select(body => (string?)body!["id"]));
        Assert.Null(list.Body["nextCursor"]);
        Assert.Equal((Topic, "set_aside", Encoding.UTF8.GetByteCount(Text)), ((string?)bodies[1]!["topic"], (string?)bodies[1]!["state"], (int)bodies[1]!["size"]!));
        Assert.Contains("id", (string?)bodies[1]!["reason"], StringComparison.Ordinal);
        Assert.InRange((DateTimeOffset)bodies[1]!["receivedAt"]!, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.DoesNotContain("Zo", list.Text, StringComparison.Ordinal);

        var text = (await connection.Tenant.Administrator.GetAsync($"{connection.Path}/set-aside/0")).Expect(200);
        Assert.Equal((Text, Text), (text.Field("text"), Encoding.UTF8.GetString(Convert.FromBase64String(text.Field("base64")!))));
        var bytes = (await connection.Tenant.Administrator.GetAsync($"{connection.Path}/set-aside/1")).Expect(200);
        Assert.Null(bytes.Field("text"));
        Assert.Equal(NoText, Convert.FromBase64String(bytes.Field("base64")!));
    }

    [Fact]
    public async Task Members_see_no_content_and_replay_and_remove_nothing()
    {
        var connection = await SetAsideAsync(NoText);
        using var member = await connection.Tenant.AddMemberAsync();

        ProductAnswer[] refused =
        [
            await member.GetAsync($"{connection.Path}/set-aside/0"),
            await member.PostAsync($"{connection.Path}/set-aside/0/replay"),
            await member.PostAsync($"{connection.Path}/set-aside/replay"),
            await member.DeleteAsync($"{connection.Path}/set-aside/0"),
        ];

        Assert.All(refused, answer => Assert.Equal((403, "forbidden"), (answer.Status, answer.Code)));
        Assert.Equal(1, await CountAsync(connection));
    }

    [Fact]
    public async Task What_is_still_not_understood_stays_over_a_replay_and_a_kill()
    {
        var connection = await SetAsideAsync(NoText, Encoding.UTF8.GetBytes(Text), "[]"u8.ToArray());
        var administrator = connection.Tenant.Administrator;

        var replay = (await administrator.PostAsync($"{connection.Path}/set-aside/1/replay")).Expect(202);
        Assert.Equal(("1", "not_understood"), (replay.Field("id"), replay.Field("outcome")));
        var dry = (await administrator.PostAsync($"{connection.Path}/set-aside/replay", new { dryRun = true })).Expect(200).Body!;
        Assert.Equal((3, 0, false), ((int)dry["matched"]!, (int)dry["understood"]!, (bool)dry["more"]!));
        var all = (await administrator.PostAsync($"{connection.Path}/set-aside/replay")).Expect(202).Body!;
        Assert.Equal((0, 3, false), ((int)all["replayed"]!, (int)all["stillNotUnderstood"]!, (bool)all["more"]!));
        var rest = (await administrator.PostAsync($"{connection.Path}/set-aside/replay", new { cursor = "2" })).Expect(202).Body!;
        Assert.Equal((0, 1), ((int)rest["replayed"]!, (int)rest["stillNotUnderstood"]!));
        await fixture.KillAndStartAsync();

        Assert.Equal(3, await CountAsync(connection));
        Assert.Equal(NoText, Convert.FromBase64String((await administrator.GetAsync($"{connection.Path}/set-aside/0")).Expect(200).Field("base64")!));
    }

    [Fact]
    public async Task With_the_last_one_removed_the_problem_is_gone()
    {
        var connection = await SetAsideAsync(NoText, NoText);
        var administrator = connection.Tenant.Administrator;

        (await administrator.DeleteAsync($"{connection.Path}/set-aside/0")).Expect(204);
        (await administrator.DeleteAsync($"{connection.Path}/set-aside/0")).Expect(404);
        Assert.Equal(1, await CountAsync(connection));
        (await administrator.DeleteAsync($"{connection.Path}/set-aside/1")).Expect(204);

        Assert.Equal(0, await CountAsync(connection));
        Assert.DoesNotContain((await connection.StatusAsync())["problems"]!.AsArray(), problem => (string?)problem!["code"] == "set_aside");
        Assert.Empty((await administrator.GetAsync($"{connection.Path}/set-aside")).Expect(200).Body!["bodies"]!.AsArray());
    }

    [Theory]
    [InlineData("GET", "set-aside/7", 404)]
    [InlineData("GET", "set-aside/-1", 404)]
    [InlineData("GET", "set-aside/x", 404)]
    [InlineData("DELETE", "set-aside/99999999999999999999", 404)]
    [InlineData("POST", "set-aside/7/replay", 404)]
    [InlineData("GET", "set-aside?cursor=x", 400)]
    [InlineData("GET", "set-aside?cursor=9223372036854775807", 200)]
    public async Task What_is_not_there_is_not_found(string method, string path, int expected)
    {
        var connection = await SetAsideAsync(NoText);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{connection.Path}/{path}");

        using var answer = await connection.Tenant.Administrator.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("{\"dryRun\":\"perhaps\"}")]
    [InlineData("{\"cursor\":\"x\"}")]
    [InlineData("[]")]
    public async Task A_replay_that_breaks_a_rule_replays_nothing(string body)
    {
        var connection = await SetAsideAsync(NoText);

        Assert.Equal("invalid_request", (await connection.Tenant.Administrator.PostTextAsync($"{connection.Path}/set-aside/replay", body)).Expect(400).Code);
    }

    [Fact]
    public async Task A_connection_that_is_over_can_be_looked_at_and_not_replayed()
    {
        var connection = await SetAsideAsync(NoText);
        var administrator = connection.Tenant.Administrator;
        await connection.ActAsync("disconnect");

        Assert.Equal("disconnected", (await administrator.PostAsync($"{connection.Path}/set-aside/0/replay")).Expect(409).Code);
        Assert.Equal("disconnected", (await administrator.PostAsync($"{connection.Path}/set-aside/replay")).Expect(409).Code);
        (await administrator.GetAsync($"{connection.Path}/set-aside/0")).Expect(200);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var connection = await SetAsideAsync(NoText);
        var other = await fixture.AddTenantAsync();

        (await other.Administrator.GetAsync($"{connection.Path}/set-aside")).Expect(404);
        (await other.Administrator.GetAsync($"{connection.Path}/set-aside/0")).Expect(404);
        (await other.Administrator.GetAsync($"{other.Path}/connections/{connection.Id}/set-aside")).Expect(404);
        (await other.Administrator.PostAsync($"{connection.Path}/set-aside/replay")).Expect(404);
    }

    private async Task<TestConnection> SetAsideAsync(params byte[][] bodies)
    {
        var connection = await fixture.AddConnectionAsync();
        foreach (var body in bodies)
            Assert.Equal(200, await connection.PostHookAsync(Topic, body));
        return connection;
    }

    private static async Task<int> CountAsync(TestConnection connection) => (int)(await connection.StatusAsync())["counters"]!["setAside"]!;
}
