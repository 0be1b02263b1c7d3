namespace RechargeGrains.Api.Tests.Hooks;

/// <summary>Bodies that cannot be understood: taken, kept, told as a problem, and never a failure of the product.</summary>
public sealed class SetAsideTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private const string Topic = "subscription/created";

    [Fact]
    public async Task What_cannot_be_understood_is_kept_over_a_kill_and_told_as_a_problem()
    {
        var connection = await fixture.AddConnectionAsync();
        (string Topic, string Body)[] webhooks =
        [
            (Topic, "{\"subscription\":"), (Topic, "no json at all"), (Topic, ""), (Topic, " "), (Topic, "[]"), (Topic, "null"), (Topic, "1"),
            (Topic, "{}"), (Topic, """{"customer":{"id":1}}"""), (Topic, """{"subscription":{}}"""), (Topic, """{"subscription":[]}"""),
            (Topic, """{"subscription":{"id":7}}"""), ("subscription/cancelled", """{"subscription":null}"""), ("customer/updated", """{"customer":{}}"""),
            ("unheard/of", """{"unheard":{"id":1}}"""),
        ];

        foreach (var (topic, body) in webhooks)
            Assert.Equal(200, await connection.PostHookAsync(topic, body));
        var before = await connection.StatusAsync();
        await fixture.KillAndStartAsync();
        var after = await connection.StatusAsync();

        Assert.Equal(webhooks.Length, (int)before["counters"]!["setAside"]!);
        Assert.Equal(webhooks.Length, (int)after["counters"]!["setAside"]!);
        var problem = Assert.Single(after["problems"]!.AsArray(), problem => (string?)problem!["code"] == "set_aside")!;
        Assert.Contains(webhooks.Length.ToString(CultureInfo.InvariantCulture), (string?)problem["message"], StringComparison.Ordinal);
        Assert.NotEmpty((string)problem["remedy"]!);
        Assert.Equal("active", (string?)after["state"]);
        Assert.Empty(connection.Ometria.Events);
    }

    [Fact]
    public async Task Hostile_bodies_are_answered_and_disturb_nobody()
    {
        var connection = await fixture.AddConnectionAsync();
        foreach (var body in Hostile())
            Assert.Equal(200, await connection.PostHookAsync(Topic, body));

        var id = HookBody.NewId();
        Assert.Equal(200, await connection.PostHookAsync(Topic, HookBody.Created(id, DateTimeOffset.UtcNow)));

        var told = Assert.Single(await connection.WaitForEventsOfAsync(id, 1));
        Assert.Equal(HookBody.EmailOf(id), told.IdentityEmail);
        // No text of the hostile ones broke the rules of Ometria, and none of them holds back what came behind it. Those that name a
        // customer whom nobody finds wait, and are seen to wait.
        Assert.Empty(connection.Ometria.Violations);
        var events = (await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["sent"]! == 1))["counters"]!["events"]!;
        Assert.Equal((4, 0), ((long)events["waiting"]!, (long)events["deadLettered"]!));
    }

    [Theory]
    [InlineData("customer", "updated%00")]
    [InlineData("%00", "%00")]
    [InlineData("subscription", "%ff%fe")]
    [InlineData("subscription", "created%0d%0aX-Evil:1")]
    public async Task A_topic_with_strange_characters_never_fails(string resource, string action)
    {
        var connection = await fixture.AddConnectionAsync();

        var status = await connection.PostHookAsync($"{resource}/{action}", "{}");

        Assert.InRange(status, 200, 499);
    }

    private static IEnumerable<byte[]> Hostile()
    {
        static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
        static string Ids() => string.Create(CultureInfo.InvariantCulture, $"\"id\":{HookBody.NewId()},\"customer_id\":{HookBody.NewId()}");
        yield return Utf8(new string('[', 500_000));
        yield return Utf8($"{{\"subscription\":{{{Ids()},\"properties\":{new string('[', 5_000)}{new string(']', 5_000)}}}}}");
        yield return Utf8("{\"subscription\":" + string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60) + "}");
        yield return Utf8($"{{\"subscription\":{{\"id\":{new string('9', 400)},\"customer_id\":1}}}}");
        yield return Utf8("""{"subscription":{"id":1e400,"customer_id":-1e400}}""");
        yield return Utf8("""{"subscription":{"id":-1,"customer_id":0}}""");
        yield return Utf8("""{"subscription":{"id":9223372036854775807,"customer_id":9223372036854775808}}""");
        yield return Utf8($"{{\"subscription\":{{{Ids()},\"price\":1e308,\"quantity\":1e99,\"created_at\":\"9999-99-99\",\"updated_at\":17}}}}");
        yield return Utf8($"{{\"subscription\":{{{Ids()},\"status\":{{\"a\":[1]}},\"product_title\":[\"\"],\"cancelled_at\":false}}}}");
        yield return Utf8($"{{\"subscription\":{{{Ids()},\"status\":\"active\",\"product_title\":\"\\u0000\\ud800\"}},\"customer\":{{\"email\":\"\\u0000\"}}}}");
        yield return [.. "{\"subscription\":{\"id\":5,\"customer_id\":6,\"product_title\":\""u8, 0xff, 0xfe, 0xc3, 0x28, .. "\"}}"u8];
        yield return [0, 0, 0, 0];
        yield return [0xef, 0xbb, 0xbf, .. "{}"u8];
        yield return [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00];
    }
}
