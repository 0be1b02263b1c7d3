namespace RechargeGrains.Api.Tests.Deliveries;

/// <summary>Events that are too old to start a campaign when they are learnt.</summary>
public sealed class LateEventTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData("restamp", "restamped")]
    [InlineData("send", "sent_late")]
    [InlineData("skip", "skipped")]
    public async Task A_late_event_is_handled_as_the_connection_wants_and_the_log_says_how(string policy, string late)
    {
        var connection = await fixture.AddConnectionAsync(more: new { lateEvents = policy });
        var id = HookBody.NewId();
        var happened = DateTimeOffset.UtcNow.AddHours(-9);
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, happened)));

        var body = await connection.Tenant.Administrator.WaitForAsync(
            $"{connection.Path}/deliveries", list => list["deliveries"]!.AsArray().Any(line => (string?)line!["status"] != "waiting"));
        var delivery = Assert.Single(body["deliveries"]!.AsArray())!;
        Assert.Equal(late, (string?)delivery["late"]);
        Assert.Equal(policy == "skip" ? "suppressed" : "sent", (string?)delivery["status"]);
        if (policy == "skip")
        {
            Assert.Empty(connection.Ometria.Events);
            return;
        }

        var told = Assert.Single(connection.Ometria.Events);
        Assert.Equal(happened.ToUnixTimeSeconds(), DateTimeOffset.Parse(told.Text("occurred_at")!, CultureInfo.InvariantCulture).ToUnixTimeSeconds());
        Assert.Equal(policy == "restamp", told.Timestamp >= before);
        Assert.Equal(policy == "send", told.Timestamp.ToUnixTimeSeconds() == happened.ToUnixTimeSeconds());
    }
}
