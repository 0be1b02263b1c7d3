namespace RechargeGrains.Api.Tests.Connections;

/// <summary>Recharge limits calls, conflicts, cuts answers short or is away: what is read is late, and never less.</summary>
public sealed class SourceLimitTests(SourceLimitTests.Fixture fixture) : IClassFixture<SourceLimitTests.Fixture>
{
    public static TheoryData<string> Faults => ["429", "429 with Retry-After", "409", "cut short", "reset"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_import_that_meets_a_limit_reads_everybody_all_the_same(string fault)
    {
        var tenant = await fixture.AddTenantAsync();
        fixture.Sandbox.Faults.Recharge.Next(
            fault switch
            {
                "429" => Fault.Status(429),
                "429 with Retry-After" => Fault.Status(429, retryAfter: TimeSpan.FromSeconds(1)),
                "409" => Fault.Status(409),
                "cut short" => Fault.Truncate,
                _ => Fault.Reset,
            },
            2,
            call => call.Path.EndsWith("/customers", StringComparison.Ordinal));
        var connection = await tenant.ConnectAsync("2000-01-01");

        var status = await connection.WaitForAsync(status => (string?)status["state"] == "active");

        Assert.Equal(Fixture.Customers, (long)status["import"]!["customersRead"]!);
        Assert.Equal(Fixture.Customers, connection.Ometria.Contacts.Count);
        Assert.DoesNotContain(status["problems"]!.AsArray(), problem => (string?)problem!["code"] is "sync_held_up" or "recharge_key_refused");
    }

    [Fact]
    public async Task While_Recharge_is_away_the_connection_says_so_and_goes_on_by_itself_afterwards()
    {
        var tenant = await fixture.AddTenantAsync();
        fixture.Sandbox.Faults.Recharge.Always(Fault.Status(503), call => call.Path.EndsWith("/customers", StringComparison.Ordinal));
        try
        {
            var connection = await tenant.ConnectAsync("2000-01-01");
            var status = await connection.WaitForAsync(status => status["problems"]!.AsArray().Any(problem => (string?)problem!["code"] == "sync_held_up"));
            var problem = status["problems"]!.AsArray().Single(problem => (string?)problem!["code"] == "sync_held_up")!;
            Assert.Contains("503", (string?)problem["message"], StringComparison.Ordinal);
            Assert.NotNull((string?)problem["remedy"]);
            Assert.Equal("importing", (string?)status["state"]);

            fixture.Sandbox.Faults.Recharge.Clear();
            status = await connection.WaitForAsync(status => (string?)status["state"] == "active");
            Assert.Equal(Fixture.Customers, (long)status["import"]!["customersRead"]!);
            Assert.DoesNotContain(status["problems"]!.AsArray(), problem => (string?)problem!["code"] == "sync_held_up");
        }
        finally
        {
            fixture.Sandbox.Faults.Recharge.Clear();
        }
    }

    public sealed class Fixture : ProductFixture
    {
        public const int Customers = 60;

        protected override void Configure(SandboxOptions options) => options.Customers = Customers;
    }
}
