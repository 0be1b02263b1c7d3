namespace RechargeGrains.Api.Tests.Deliveries;

/// <summary>Poison, later errors and replays, as an account manager meets them.</summary>
public sealed class ReplayTests(ReplayTests.Fixture fixture) : IClassFixture<ReplayTests.Fixture>
{
    [Fact]
    public async Task A_poison_record_in_a_batch_is_dead_lettered_alone_and_sent_again_once_the_cause_is_gone()
    {
        var connection = await fixture.AddConnectionAsync();
        await connection.ActAsync("pause");
        var ids = Enumerable.Range(0, 30).Select(_ => HookBody.NewId()).ToList();
        foreach (var id in ids)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
        var poison = $"-{ids[17]}-";
        fixture.Sandbox.Faults.Ometria.PoisonWhen = record => record.GetProperty("id").GetString()!.Contains(poison, StringComparison.Ordinal);
        await connection.ActAsync("resume");
        var status = await connection.WaitForAsync(status => Count(status, "sent") == 29 && Count(status, "deadLettered") == 1);
        Assert.Contains(status["problems"]!.AsArray(), problem => (string?)problem!["code"] == "dead_letters");
        fixture.Sandbox.Faults.Ometria.Clear();

        var dead = Assert.Single(await ListAsync(connection, "status=dead_lettered"))!;
        Assert.Equal("Payload invalid.", JsonNode.Parse((string)dead["error"]!)!["message"]!.ToString());
        var detail = (await Get(connection, $"/{dead["id"]}")).Expect(200).Body!;
        Assert.Equal($"{ids[17]}", (string?)detail["properties"]!["subscription_id"]);
        (await Post(connection, $"/{dead["id"]}/replay")).Expect(202);
        var healed = await connection.WaitForAsync(status => Count(status, "sent") == 30);

        Assert.Equal(0, Count(healed, "deadLettered"));
        Assert.DoesNotContain(healed["problems"]!.AsArray(), problem => (string?)problem!["code"] == "dead_letters");
        Assert.Equal(30, connection.Ometria.Events.Count);
        Assert.Empty(connection.Ometria.Duplicates());
        var line = await LineAsync(connection, (string)dead["id"]!, line => (string?)line["status"] == "sent");
        Assert.Equal((1, (string?)dead["eventId"]), ((int)line["replays"]!, (string?)line["eventId"]));
        Assert.Empty(await ListAsync(connection, "status=dead_lettered"));
    }

    [Fact]
    public async Task What_Ometria_finds_wrong_later_is_rejected_and_a_replay_by_filter_says_first_how_many()
    {
        var connection = await fixture.AddConnectionAsync();
        var ids = Enumerable.Range(0, 4).Select(_ => HookBody.NewId()).ToList();
        var wrong = ids.Take(2).Select(id => $"-{id}-").ToList();
        fixture.Sandbox.Faults.Ometria.InvalidWhen = record => wrong.Any(part => record.GetProperty("id").GetString()!.Contains(part, StringComparison.Ordinal));
        foreach (var id in ids)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
        await connection.WaitForAsync(status => Count(status, "rejected") == 2 && Count(status, "sent") == 2);
        fixture.Sandbox.Faults.Ometria.Clear();
        var rejected = await ListAsync(connection, "status=rejected");
        Assert.All(rejected, line => Assert.Contains("found it wrong later", (string?)line!["error"], StringComparison.Ordinal));

        var dryRun = (await Post(connection, "/replay", new { status = "rejected", dryRun = true })).Expect(200);
        Assert.Equal(2, (int)dryRun.Body!["matched"]!);
        Assert.Equal(2, connection.Ometria.Events.Count);
        Assert.Equal(2, (int)(await Post(connection, "/replay", new { status = "rejected" })).Expect(202).Body!["matched"]!);
        await connection.WaitForAsync(status => Count(status, "rejected") == 0 && Count(status, "sent") == 4);
        Assert.Equal(4, connection.Ometria.Events.Count);
        await connection.Tenant.Administrator.WaitForAsync($"{connection.Path}/deliveries/replay", replay => (string?)replay["state"] == "finished" && (int)replay["replayed"]! == 2);
    }

    [Fact]
    public async Task The_timeline_of_a_customer_goes_from_the_webhook_to_Ometrias_answer()
    {
        var connection = await fixture.AddConnectionAsync();
        var id = HookBody.NewId();
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
        await connection.WaitForEventsOfAsync(id, 1);

        var path = $"{connection.Path}/customers?rechargeId={id + 50_000_000}";
        var found = await connection.Tenant.Administrator.WaitForAsync(
            path, body => body["customers"]![0]!["timeline"]!.AsArray().Any(entry => (string?)entry!["what"] == "ometria" && (string?)entry["outcome"] == "sent"));
        // Newest first.
        var timeline = found["customers"]![0]!["timeline"]!.AsArray().Select(entry => $"{entry!["what"]} {entry["outcome"]}").ToList();
        Assert.Contains("subscription/created applied", timeline);
        Assert.InRange(timeline.IndexOf("ometria sent"), 0, timeline.IndexOf("subscription_created told") - 1);
        Assert.NotNull((string?)found["customers"]![0]!["timeline"]!.AsArray().First(entry => (string?)entry!["what"] == "ometria")!["requestId"]);
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_told_and_roles_count()
    {
        var connection = await fixture.AddConnectionAsync();
        using var member = await connection.Tenant.AddMemberAsync();
        var deliveries = $"{connection.Path}/deliveries";

        (await Post(connection, "/20260309-nothing/replay")).Expect(404);
        (await Post(connection, "/nothing/replay")).Expect(404);
        Assert.Equal("invalid_request", (await Post(connection, "/replay", new { })).Expect(400).Code);
        Assert.Equal("invalid_request", (await Post(connection, "/replay", new { status = "waiting" })).Expect(400).Code);
        Assert.Equal("invalid_request", (await Post(connection, "/replay", new { from = "yesterday" })).Expect(400).Code);
        (await member.PostAsync($"{deliveries}/replay", new { status = "sent", dryRun = true })).Expect(403);
        (await member.PostAsync($"{deliveries}/nothing/replay")).Expect(403);
        (await member.GetAsync($"{deliveries}/replay")).Expect(404);
        await connection.ActAsync("disconnect");
        Assert.Equal("disconnected", (await Post(connection, "/replay", new { status = "sent" })).Expect(409).Code);
    }

    private static long Count(JsonNode status, string what) => (long)status["counters"]!["events"]![what]!;

    private static async Task<JsonArray> ListAsync(TestConnection connection, string query) =>
        (await Get(connection, $"?{query}")).Expect(200).Body!["deliveries"]!.AsArray();

    private static async Task<JsonNode> LineAsync(TestConnection connection, string id, Func<JsonNode, bool> until) =>
        (await connection.Tenant.Administrator.WaitForAsync($"{connection.Path}/deliveries/{id}", body => until(body["delivery"]!)))["delivery"]!;

    private static Task<ProductAnswer> Get(TestConnection connection, string path) => connection.Tenant.Administrator.GetAsync($"{connection.Path}/deliveries{path}");

    private static Task<ProductAnswer> Post(TestConnection connection, string path, object? body = null) =>
        connection.Tenant.Administrator.PostAsync($"{connection.Path}/deliveries{path}", body);

    /// <summary>Reads Ometria's errors every second, which name their records.</summary>
    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options) => options.OmetriaRichErrors = true;

        protected override void Configure(ProductSettings settings) => settings.Environment["Schedule__ErrorPollEvery"] = "00:00:01";
    }
}
