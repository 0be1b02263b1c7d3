using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Outbox;

public sealed class TakenLedgerTests(ClusterFixture cluster)
{
    private readonly GrainId _grain = GrainId.Create("ledger", Guid.NewGuid().ToString("N"));

    private TakenLedger Ledger => new(cluster.Storage, _grain);

    [Fact]
    public async Task Of_a_customer_never_seen_nothing_was_taken() => Assert.Equal(0, await Ledger.ReadAsync(700100311));

    [Fact]
    public async Task Numbers_rise_and_never_fall_and_others_stay()
    {
        // 5 and 261 share a record, 6 has another.
        await Ledger.MergeAsync(new Dictionary<long, long> { [5] = 10, [261] = 20, [6] = 30 });
        await Ledger.MergeAsync(new Dictionary<long, long> { [5] = 9, [261] = 21 });

        Assert.Equal(10, await Ledger.ReadAsync(5));
        Assert.Equal(21, await Ledger.ReadAsync(261));
        Assert.Equal(30, await Ledger.ReadAsync(6));
        Assert.Equal(0, await Ledger.ReadAsync(517));
    }

    [Fact]
    public async Task Merging_the_same_again_changes_nothing()
    {
        var numbers = Enumerable.Range(1, 600).ToDictionary(i => (long)i, i => (long)i * 2);
        await Ledger.MergeAsync(numbers);
        await Ledger.MergeAsync(numbers);

        foreach (var (customer, sequence) in numbers)
            Assert.Equal(sequence, await Ledger.ReadAsync(customer));
    }
}
