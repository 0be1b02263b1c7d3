using RechargeGrains.Audit;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Audit;

public sealed class AuditGrainTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task Reading_on_meets_every_entry_once_newest_first(int limit)
    {
        var audit = NewLog();
        for (var i = 0; i < 120; i++)
            await audit.AddAsync(Entry(i));
        await TestConnection.ForgetAsync(audit);
        for (var i = 120; i < 250; i++)
            await audit.AddAsync(Entry(i));

        var read = new List<string>();
        long? before = null;
        do
        {
            var page = await audit.ReadAsync(before, limit);
            Assert.InRange(page.Entries.Count, 1, limit);
            read.AddRange(page.Entries.Select(entry => entry.Action));
            before = page.Before;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(0, 250).Reverse().Select(i => $"action.{i}"), read);
    }

    [Fact]
    public async Task A_log_that_is_woken_for_each_entry_fills_its_pages()
    {
        var audit = NewLog();
        for (var i = 0; i < 5; i++)
        {
            await audit.AddAsync(Entry(i));
            await TestConnection.ForgetAsync(audit);
        }

        var page = await audit.ReadAsync(null, 10);
        Assert.Equal(["action.4", "action.3", "action.2", "action.1", "action.0"], page.Entries.Select(entry => entry.Action));
        // Places count by pages of a hundred: all five are on the first.
        Assert.Equal(3, (await audit.ReadAsync(3, 10)).Entries.Count);
    }

    [Fact]
    public async Task A_place_far_beyond_the_end_is_the_end()
    {
        var audit = NewLog();
        await audit.AddAsync(Entry(0));
        Assert.Single((await audit.ReadAsync(long.MaxValue, 10)).Entries);
    }

    [Fact]
    public async Task An_empty_log_has_no_entries()
    {
        var page = await NewLog().ReadAsync(null, 10);
        Assert.Empty(page.Entries);
        Assert.Null(page.Before);
    }

    private static AuditEntry Entry(int number) => new()
    {
        At = DateTimeOffset.UnixEpoch.AddMinutes(number),
        Who = "Jane <jane@example.test>",
        Action = $"action.{number}",
    };

    private IAuditGrain NewLog() => cluster.Grains.GetGrain<IAuditGrain>($"t-{Guid.NewGuid():N}");
}
