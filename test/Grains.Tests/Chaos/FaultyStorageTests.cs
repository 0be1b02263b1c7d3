using Orleans.Storage;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Chaos;

/// <summary>The real grains on the real store, which fails before, while and after writing, and answers late.</summary>
public sealed class FaultyStorageTests
{
    private const int Customers = 40;
    private const int Seed = 17;

    [Fact]
    public async Task Nothing_is_lost_or_out_of_order_and_what_was_told_twice_was_counted()
    {
        FaultyStorage? storage = null;
        await using var cluster = new ClusterFixture(time: null, inner => storage = new FaultyStorage(inner, Seed));
        await cluster.InitializeAsync();
        var connection = await cluster.ConnectAsync();
        storage!.IsFaulty = true;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Customers), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (customer, _) => await LiveAsync(connection, 1_000 + customer));
        Assert.True(storage.Failures > 20, $"Only {storage.Failures} operations failed.");
        storage.IsFaulty = false;

        var status = await connection.WaitForStatusAsync(status => status is { Waiting: 0, FailingSince: null });
        var told = connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf).ToList();
        var expected = Enumerable.Range(1, Customers).SelectMany(customer => IdsOf(1_000 + customer)).ToList();
        Assert.Equal(expected.Order(), told.Distinct().Order());
        Assert.InRange(told.Count - told.Distinct().Count(), 0, status.Repeated);
        foreach (var customer in Enumerable.Range(1, Customers))
        {
            var ids = IdsOf(1_000 + customer);
            Assert.Equal(ids, told.Distinct().Where(ids.Contains));
        }
    }

    /// <summary>A subscription that is made, cancelled and taken up again, each webhook repeated until it is taken, as Recharge does.</summary>
    private static async Task LiveAsync(TestConnection connection, long customer)
    {
        var made = Given.Subscription with { Id = customer, CustomerId = customer };
        var profile = Given.Customer with { Id = customer };
        await UntilTakenAsync(() => connection.SendAsync("subscription/created", made, profile, 1));
        var cancelled = Given.CancelledAt(Given.Start.AddHours(1)) with { Id = customer, CustomerId = customer };
        await UntilTakenAsync(() => connection.SendAsync("subscription/cancelled", cancelled, profile, 1));
        await UntilTakenAsync(() => connection.SendAsync("subscription/activated", made with { UpdatedAt = Given.Start.AddHours(2) }, profile, 1));
    }

    private static async Task UntilTakenAsync(Func<Task<ApplyOutcome>> send)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await send();
                return;
            }
            catch (Exception failure) when (failure is IOException or InconsistentStateException or OrleansException && tries < 1_000)
            {
                // Answered 503, so it comes again.
            }
        }
    }

    private static string[] IdsOf(long subscription) =>
    [
        $"rc-77-{subscription}-created",
        $"rc-77-{subscription}-cancelled-{Given.Start.AddHours(1).ToUnixTimeSeconds()}",
        $"rc-77-{subscription}-activated-{Given.Start.AddHours(2).ToUnixTimeSeconds()}",
    ];
}
