using System.Collections.Concurrent;

namespace RechargeGrains.Api.Tests.Connections;

/// <summary>Power cuts during the first import: it goes on at the page where it was, and sends every contact and no event.</summary>
public sealed class ImportCrashTests(ImportCrashTests.Fixture fixture) : IClassFixture<ImportCrashTests.Fixture>
{
    private const int Customers = 3_250;
    private const int PageSize = 250;

    [Fact]
    public async Task Kills_during_the_first_import_cost_at_most_a_page_each()
    {
        var sandbox = fixture.Sandbox;
        var calls = new ConcurrentQueue<string>();
        // Strikes nothing; it counts the pages that are asked for.
        sandbox.Faults.Recharge.Always(Fault.Reset, call =>
        {
            if (call.Path.EndsWith("/customers", StringComparison.Ordinal) && call.Query.Contains("limit=250", StringComparison.Ordinal))
                calls.Enqueue(call.Query);
            return false;
        });
        // Without upcoming charges, which are read by themselves and would be events of their own.
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created", "subscription_cancelled", "subscription_activated"]);
        var connection = await tenant.ConnectAsync();

        var kills = 0;
        foreach (var read in new[] { 500, 1_500, 2_250 })
        {
            var before = await connection.WaitForAsync(status => Read(status) >= read);
            await fixture.KillAndStartAsync();
            kills++;
            var after = await connection.StatusAsync();
            Assert.InRange(Read(after), Read(before), Customers);
        }

        // And once while Recharge is silent: the page under way is lost with the process.
        sandbox.Faults.Recharge.HoldRequests();
        await sandbox.Faults.Recharge.WaitForHeldAsync(1, Patience.Short, TestContext.Current.CancellationToken);
        await fixture.KillAsync();
        sandbox.Faults.Recharge.ReleaseRequests();
        await fixture.StartAsync();

        var status = await connection.WaitForAsync(status => (string?)status["state"] == "active");
        Assert.Equal("finished", (string?)status["import"]!["state"]);
        Assert.Equal(Customers, Read(status));
        Assert.InRange(calls.Count, Customers / PageSize, (Customers / PageSize) + kills);
        Assert.Equal(Customers / PageSize, calls.Distinct().Count());
        Assert.Empty(sandbox.Ometria.Events);
        Assert.Equal(Customers, sandbox.Ometria.Contacts.Count);
        Assert.Empty(Proof.Of(sandbox, since: -1, DateTimeOffset.MinValue, upcomingUntil: null).Faults);
    }

    private static int Read(JsonNode status) => (int)status["import"]!["customersRead"]!;

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options)
        {
            options.Customers = Customers;
            options.OmetriaPushesPerSecond = 10;
            options.BucketSize = 400;
            options.LeakPerSecond = 20;
        }

        protected override void Configure(ProductSettings settings) => settings.Environment["Ometria__PushesPerSecond"] = "8";
    }
}
