using Orleans.Storage;
using RechargeGrains.PrivatePostgres;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Silo.Tests.Storage.Postgres;

public sealed class PostgresOutageTests
{
    private static readonly GrainId Grain = GrainId.Create("ledger", "acme");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_down_writes_fail_and_afterwards_they_go_on()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var server = await PostgresServer.StartAsync(Cancellation);
        await using var silo = await PostgresStore.OpenAsync(await server.CreateDatabaseAsync(Cancellation));
        var record = new Record<ConformanceState> { State = new() { Count = 1 } };
        await silo.Grains.WriteStateAsync("state", Grain, record, Cancellation);

        await server.KillAsync();
        record.State.Count = 2;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => silo.Grains.WriteStateAsync("state", Grain, record, Cancellation));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => silo.Grains.ReadStateAsync("state", Grain, new Record<ConformanceState>(), Cancellation));
        await server.StartAgainAsync(Cancellation);

        // Connections of the pool that the kill broke are found out one by one.
        var read = await ReadAsync(silo.Grains);
        Assert.Equal((1, record.ETag), (read.State.Count, read.ETag));
        await silo.Grains.WriteStateAsync("state", Grain, record, Cancellation);
        Assert.Equal(2, (await ReadAsync(silo.Grains)).State.Count);
    }

    private static async Task<Record<ConformanceState>> ReadAsync(IGrainStorage grains)
    {
        for (var tries = 0; ; tries++)
        {
            var read = new Record<ConformanceState>();
            try
            {
                await grains.ReadStateAsync("state", Grain, read, Cancellation);
                return read;
            }
            catch (StorageUnavailableException) when (tries < 30)
            {
                // The next connection of the pool.
            }
        }
    }
}
