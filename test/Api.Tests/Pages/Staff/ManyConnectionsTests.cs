using System.Diagnostics;
using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages.Staff;

/// <summary>The glance over hundreds of connections. <c>CONNECTIONS</c> says how many, for a measurement; a hundred otherwise.</summary>
public sealed class ManyConnectionsTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const int PerTenant = 5;

    private static readonly int Wanted = int.TryParse(Environment.GetEnvironmentVariable("CONNECTIONS"), out var wanted) ? wanted : 100;

    [Fact]
    public async Task Hundreds_of_connections_are_loaded_once_for_all_who_look_and_searched_without_delay()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Wanted / PerTenant), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await ConnectAsync(PerTenant));

        await using var first = await fixture.SignInStaffAsync();
        await using var second = await fixture.SignInStaffAsync();
        var clock = Stopwatch.StartNew();
        await first.GoAsync("/staff");
        await Assertions.Expect(TileOf(first, "Connections")).ToHaveTextAsync($"{Wanted}", new() { Timeout = (float)Patience.Long.TotalMilliseconds });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Wanted} connections are shown after {clock.ElapsedMilliseconds} ms: {await first.Page.GetByText("As of").TextContentAsync()}");
        await second.GoAsync("/staff");
        await Assertions.Expect(TileOf(second, "Connections")).ToHaveTextAsync($"{Wanted}");
        await Assertions.Expect(first.Page.Locator("tbody tr")).ToHaveCountAsync(Math.Min(50, Wanted));

        clock.Restart();
        await first.Field("Search tenant, store or problem").FillAsync("tenant-7");
        await Assertions.Expect(first.Page.Locator("tbody tr").Filter(new() { HasNotText = "tenant-7" })).ToHaveCountAsync(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"Searched after {clock.ElapsedMilliseconds} ms");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"A search took {clock.Elapsed}.");
        await first.AssertAccessibleAsync();

        await first.Field("Search tenant, store or problem").FillAsync("");
        await Assertions.Expect(first.Page.Locator("tbody tr")).ToHaveCountAsync(Math.Min(50, Wanted));
        TestContext.Current.TestOutputHelper?.WriteLine($"Later: {await first.Page.GetByText("As of").TextContentAsync()}");
        await first.PictureAsync("staff-many");

        // After a start everything sleeps; the page says so at once and fills by itself.
        await first.Page.GotoAsync("about:blank");
        await second.Page.GotoAsync("about:blank");
        await fixture.KillAndStartAsync();
        clock.Restart();
        await first.GoAsync("/staff");
        await first.SeesHeadingAsync("All connections");
        TestContext.Current.TestOutputHelper?.WriteLine($"After a start the page is live after {clock.ElapsedMilliseconds} ms");
        await Assertions.Expect(TileOf(first, "Connections")).ToHaveTextAsync($"{Wanted}", new() { Timeout = (float)Patience.Long.TotalMilliseconds });
        TestContext.Current.TestOutputHelper?.WriteLine($"… and shows all after {clock.ElapsedMilliseconds} ms: {await first.Page.GetByText("As of").TextContentAsync()}");
    }

    private static ILocator TileOf(BrowserUser user, string label) =>
        user.Page.Locator("dl[aria-label=Totals] > div").Filter(new() { Has = user.Page.GetByText(label, new() { Exact = true }) }).Locator("dd");

    /// <summary>A tenant with one Recharge account and so many Ometria accounts, from a day on that nobody was changed after.</summary>
    private async Task ConnectAsync(int connections)
    {
        const string Future = "2099-01-01";
        var tenant = await fixture.AddTenantAsync();
        (await fixture.Operator.PutAsync($"{tenant.Path}/quotas", new { connections = Math.Max(50, connections) })).Expect(200);
        var recharge = (await tenant.AddRechargeAsync()).Expect(201).Field("accountId")!;
        for (var i = 0; i < connections; i++)
        {
            var key = $"{tenant.OmetriaKey}-{i}";
            fixture.Sandbox.OmetriaAccounts.AddAccount($"{tenant.Id}-{i}", key);
            var ometria = (await tenant.AddOmetriaAsync(key, $"Main {i}")).Expect(201).Field("accountId")!;
            (await tenant.PostConnectionAsync(ometria, recharge, Future)).Expect(201);
        }
    }
}
