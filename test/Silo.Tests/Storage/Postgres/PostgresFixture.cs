using RechargeGrains.PrivatePostgres;

[assembly: AssemblyFixture(typeof(RechargeGrains.Silo.Tests.Storage.Postgres.PostgresFixture))]

namespace RechargeGrains.Silo.Tests.Storage.Postgres;

/// <summary>One server for all tests here, started by the first that needs it; each takes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private PostgresServer? _server;

    /// <summary>An empty database. Skips the test where no server is installed.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _server ??= await PostgresServer.StartAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        return await _server.CreateDatabaseAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _gate.Dispose();
    }
}
