using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using RechargeGrains.Grains.Ometria.Client;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Recharge.Client;
using RechargeGrains.Grains.Security;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Silo.Storage.Sqlite;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace RechargeGrains.Grains.Tests.Cluster;

/// <summary>A silo with the product's grains on the embedded store, with Recharge and Ometria replaced. Shared: each test makes its own connection.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    /// <summary>So low that a test can fill an outbox.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>Short, so that no test waits for it.</summary>
    public static readonly TimeSpan ErrorPollEvery = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recharge-grains-");
    private readonly MasterKeys _keys = MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes]));
    private readonly FakeOmetria _ometria = new();
    private readonly FakeRecharge _recharge = new();
    private readonly TimeProvider? _time;
    private readonly Func<IGrainStorage, IGrainStorage>? _wrap;
    private readonly short _silos = 1;
    private InProcessTestCluster? _cluster;

    public ClusterFixture()
    {
    }

    /// <param name="time">The clock of the grains; the silo itself keeps to the real one.</param>
    /// <param name="wrap">Puts something around the storage that every grain uses.</param>
    /// <param name="silos">Silos of the cluster. Several share the store, which otherwise one process has to itself.</param>
    internal ClusterFixture(TimeProvider? time, Func<IGrainStorage, IGrainStorage>? wrap = null, short silos = 1)
    {
        _time = time;
        _wrap = wrap;
        _silos = silos;
    }

    internal int Silos => _silos;

    internal IServiceProvider ServicesOf(int silo) => Running.Silos[silo].ServiceProvider;

    internal IGrainFactory Grains => Running.Client;

    /// <summary>The real storage of the silo.</summary>
    internal IGrainStorage Storage => StorageOf(ServicesOf(0));

    private InProcessTestCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not running.");

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(_silos);
        var made = 0;
        // Silos start side by side; whoever needs the first one's store waits for it.
        var first = new TaskCompletionSource<IServiceProvider>(TaskCreationOptions.RunContinuationsAsynchronously);
        builder.Options.ServiceId = "recharge-grains";
        builder.ConfigureSilo((_, silo) =>
        {
            if (_time is not null)
            {
                silo.Services.AddSingleton(_time);
                silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            }

            silo.Services.AddSecretProtection(_ => _keys);
            silo.Services.AddRechargeGrains();
            silo.Services.Replace(ServiceDescriptor.Singleton<IOmetriaApi>(_ometria));
            silo.Services.Replace(ServiceDescriptor.Singleton<IRechargeApi>(_recharge));
            silo.Services.Configure<OutboxOptions>(options => options.MaxWaiting = MaxWaiting);
            // Pace is the call budget's own test; here it would only be waited for.
            silo.Services.Configure<RechargeGrains.Grains.Ometria.OmetriaOptions>(options => options.PushesPerSecond = 1_000);
            silo.Services.Configure<RechargeGrains.Grains.Scheduling.ScheduleOptions>(options => options.ErrorPollEvery = ErrorPollEvery);
            if (Interlocked.Increment(ref made) > 1)
            {
                // The file is one process's, and so one silo's: the others ask that one.
                silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => StorageOf(first.Task.GetAwaiter().GetResult()));
                silo.Services.AddSingleton(_ => first.Task.GetAwaiter().GetResult().GetRequiredService<IReminderTable>());
                silo.AddReminders();
                return;
            }

            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => new Noted(() => first.TrySetResult(services)));
            silo.AddSqliteStorage(options => options.ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "grains.db")}");
            if (_wrap is not null)
                silo.Services.DecorateDefaultStorage(_wrap);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            // By a clock that stands still nothing that waits would come to its end.
            if (_time is not null)
                await KillAsync();
            await _cluster.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Ends the silo and starts another on the same store.</summary>
    /// <param name="killed">Without giving grains the time to end what they are at.</param>
    internal async Task RestartAsync(bool killed = false)
    {
        if (killed)
            await KillAsync();
        await Running.DisposeAsync();
        await InitializeAsync();
    }

    /// <summary>A connection of a tenant of its own, with keys at both services.</summary>
    /// <param name="countsContacts">Whether contacts count among what Ometria took; if not, those that go ahead of events are kept apart.</param>
    internal async Task<TestConnection> ConnectAsync(bool countsContacts = false)
    {
        var connection = new TestConnection(this, $"t-{Guid.NewGuid():N}");
        connection.Ometria.KeepsContactsApart = !countsContacts;
        _recharge.Know(connection.RechargeToken, connection.Store);
        await connection.RechargeAccount.SetKeyAsync(connection.RechargeToken, null);
        await ReplaceOmetriaKeyAsync(connection, $"ometria-key-1-of-{connection.Key.TenantId}");
        await connection.HoldAsync(false);
        return connection;
    }

    internal async Task ReplaceOmetriaKeyAsync(TestConnection connection, string apiKey)
    {
        _ometria.Know(apiKey, connection.Ometria);
        await connection.OmetriaAccount.SetKeyAsync(apiKey);
    }

    private Task KillAsync() => Task.WhenAll(Running.Silos.ToList().Select(silo => Running.KillSiloAsync(silo)));

    private static IGrainStorage StorageOf(IServiceProvider services) =>
        services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);

    /// <summary>Tells that a silo is starting, before its first grain.</summary>
    private sealed class Noted(Action note) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => note();
    }
}
