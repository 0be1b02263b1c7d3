namespace RechargeGrains.Sandbox.Tests;

public sealed class SandboxHostTests : SandboxTest
{
    [Fact]
    public async Task Hosts_side_by_side_share_nothing()
    {
        var one = await StartAsync(options => options.RechargeToken = "token of one");
        var two = await StartAsync(options => options.Seed = 2);

        one.Store.AddCustomer("only.here@example.test");
        using var foreign = await SendAsync(two, HttpMethod.Get, "/store", token: "token of one");

        Assert.NotEqual(one.BaseAddress, two.BaseAddress);
        Assert.Null(two.Store.FindCustomer("only.here@example.test"));
        Assert.Empty(two.Journal.Entries);
        Assert.Equal(401, (int)foreign.StatusCode);
        Assert.EndsWith("/recharge", one.RechargeUrl, StringComparison.Ordinal);
        Assert.EndsWith("/ometria/v2", one.OmetriaUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_calls_that_hang_on_purpose()
    {
        var host = await SandboxHost.StartAsync(new SandboxOptions { Customers = 0 }, Ct);
        var rule = host.Faults.Recharge.Next(Fault.Hang);
        var call = SendAsync(host, HttpMethod.Get, "/store");
        await rule.WaitForHitsAsync(1, Patience, Ct);

        await host.DisposeAsync().AsTask().WaitAsync(Patience, Ct);

        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }
}
