using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Tests.Storage.Azure;

/// <summary>A silo as the program puts it together, on the storage account that the environment names.</summary>
internal sealed class AzureSilo : IAsyncDisposable
{
    /// <summary>A connection string, for instance of Azurite.</summary>
    private const string Variable = "AZURE_STORAGE_CONNECTION_STRING";

    // One for all runs, so that what one silo wrote another can read.
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private static int _port = 21_000;

    private readonly IHost _host;

    private AzureSilo(IHost host) => _host = host;

    public IGrainStorage Grains => _host.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public static async Task<AzureSilo> StartAsync()
    {
        var account = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(account), $"{Variable} names no storage account; Azurite's will do.");
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:Provider", "AzureStorage"),
            new("Storage:ConnectionString", account),
            new("Security:MasterKey", Key),
            new("PublicUrl", "https://hooks.example.test"),
            new("Cluster:ClusterId", Guid.NewGuid().ToString("N")),
            new("Cluster:SiloPort", $"{Interlocked.Increment(ref _port)}"),
            new("Cluster:GatewayPort", $"{Interlocked.Increment(ref _port)}"),
        ]);
        builder.AddRechargeSilo();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new AzureSilo(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
