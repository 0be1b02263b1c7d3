namespace RechargeGrains.Api.Tests.Cluster;

public sealed class RollingRestartTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-cluster-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// Upgraded one by one under load and then taken back: the next version's state and messages have members that this one does not know. Webhooks
    /// are taken at their first attempt, and every event told once.
    /// </summary>
    [Fact]
    public async Task A_version_with_more_members_runs_beside_this_one_and_can_be_taken_back()
    {
        await using var life = await ClusterLife.StartAsync(_folder);
        var now = life.Cluster.Nodes.ToDictionary(node => node, node => node.Process.Settings.Program);
        var next = Path.Combine(_folder, "next");
        life.Begin();
        foreach (var node in life.Cluster.Nodes)
        {
            Assert.Equal(0, await node.RestartAsync(NextVersion.PutInto(next, now[node]), Ct));
            // Both versions take webhooks and hand on events in every mixture on the way.
            await life.WaitForEventsAsync(50);
        }

        foreach (var node in life.Cluster.Nodes)
            Assert.Equal(0, await node.RestartAsync(now[node], Ct));

        Assert.Empty(await life.EndAsync());
        life.AssertTakenAtOnce();
    }
}
