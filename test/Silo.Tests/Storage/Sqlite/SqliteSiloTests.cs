using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Silo.Storage.Sqlite;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteSiloTests : IDisposable
{
    private static readonly MasterKeys Keys = MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes]));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Grains_keep_state_records_and_reminders_over_a_restart()
    {
        await using (var cluster = await StartAsync())
        {
            var ledger = cluster.Client.GetGrain<ILedgerGrain>("acme");
            await ledger.AddAsync("first");
            await ledger.AddAsync("second");
            await ledger.RemindAsync();
        }

        var file = await File.ReadAllTextAsync(_folder.File("grains.db"), System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
        Assert.Contains("ledger/acme", file, StringComparison.Ordinal);
        Assert.DoesNotContain("second", file, StringComparison.Ordinal);

        await using var again = await StartAsync();
        var restarted = again.Client.GetGrain<ILedgerGrain>("acme");
        Assert.Equal(["first", "second"], await restarted.ReadAsync());
        Assert.True(await restarted.HasReminderAsync());
    }

    [Fact]
    public async Task A_second_silo_on_the_same_file_does_not_start()
    {
        await using var first = await StartAsync();
        await Assert.ThrowsAsync<StorageStartException>(StartAsync);
    }

    private async Task<InProcessTestCluster> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSecretProtection(_ => Keys);
            silo.AddSqliteStorage(options => options.ConnectionString = $"Data Source={_folder.File("grains.db")}");
        });
        builder.Options.ServiceId = "recharge-grains";
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }
}

/// <summary>Uses the store in both ways that the product does: one record by name, and many records by hand.</summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    Task AddAsync(string line);

    Task<List<string>> ReadAsync();

    Task RemindAsync();

    Task<bool> HasReminderAsync();
}

[GenerateSerializer]
public sealed class LedgerHead
{
    [Id(0)]
    public int Pages { get; set; }
}

[GenerateSerializer]
public sealed class LedgerPage
{
    [Id(0)]
    public string Line { get; set; } = "";
}

public sealed class LedgerGrain(
    [PersistentState("head")] IPersistentState<LedgerHead> head, [FromKeyedServices("Default")] IGrainStorage storage)
    : Grain, ILedgerGrain, IRemindable
{
    private const string Reminder = "daily";

    public async Task AddAsync(string line)
    {
        await storage.WriteStateAsync($"page-{head.State.Pages}", this.GetGrainId(), new Record<LedgerPage> { State = new() { Line = line } });
        head.State.Pages++;
        await head.WriteStateAsync();
    }

    public async Task<List<string>> ReadAsync()
    {
        var lines = new List<string>();
        for (var i = 0; i < head.State.Pages; i++)
        {
            var page = new Record<LedgerPage>();
            await storage.ReadStateAsync($"page-{i}", this.GetGrainId(), page);
            lines.Add(page.State.Line);
        }

        return lines;
    }

    public Task RemindAsync() => this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public async Task<bool> HasReminderAsync() => await this.GetReminder(Reminder) is not null;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
