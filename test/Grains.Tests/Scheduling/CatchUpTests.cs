using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Connections;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Imports;
using RechargeGrains.Reconciliation;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tests.Scheduling;

/// <summary>What becomes of a daily sync whose hour everything was down at, in driven time. A wake is what a reminder's tick does.</summary>
public sealed class CatchUpTests
{
    private const int Customers = 5;

    private static readonly DateTimeOffset Evening = new(2026, 3, 9, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Six = new(2026, 3, 10, 6, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Evening);

    [Fact]
    public async Task Down_from_0550_to_0620_the_run_happens_at_the_start_and_once()
    {
        await using var cluster = new ClusterFixture(_time);
        var connection = await ConnectAsync(cluster);
        _time.SetUtcNow(Six.AddMinutes(-10));
        await connection.WakeAsync();
        Assert.Null((await connection.RunAsync())?.StartedAt);
        await connection.SettleAsync();

        _time.SetUtcNow(Six.AddMinutes(20));
        await RestartAsync(cluster);
        await connection.WakeAsync();

        AssertStarted(Six.AddMinutes(20), await connection.RunAsync());
        await connection.StaysAsync(Six.AddMinutes(20), Enumerable.Repeat(TimeSpan.FromMinutes(10), 12));
    }

    [Fact]
    public async Task Down_for_three_days_there_is_one_run_and_the_next_one_comes_at_its_hour()
    {
        await using var cluster = new ClusterFixture(_time);
        var connection = await ConnectAsync(cluster);
        var back = Six.AddDays(3).AddHours(5);
        _time.SetUtcNow(back);
        await RestartAsync(cluster);
        await connection.WakeAsync();

        await connection.StaysAsync(back, Enumerable.Repeat(TimeSpan.FromMinutes(10), 12));
        _time.SetUtcNow(Six.AddDays(4));
        await connection.WakeAsync();
        AssertStarted(Six.AddDays(4), await connection.RunAsync());
    }

    [Fact]
    public async Task A_run_that_is_killed_half_way_goes_on_as_the_same_run()
    {
        await using var cluster = new ClusterFixture(_time);
        var connection = await ConnectAsync(cluster);
        _time.SetUtcNow(Six.AddMinutes(-10));
        await connection.WakeAsync();
        await connection.SettleAsync();
        _time.SetUtcNow(Six);
        connection.Touch(Six.AddHours(-1));
        var pages = 0;
        connection.Store.Status = request => request.StartsWith("customers", StringComparison.Ordinal) && Interlocked.Increment(ref pages) > 1
            ? HttpStatusCode.ServiceUnavailable
            : HttpStatusCode.OK;
        await connection.WakeAsync();
        await connection.DriveAsync(() => Task.FromResult(pages), pages => pages > 1);

        _time.Advance(TimeSpan.FromMinutes(3));
        await RestartAsync(cluster, killed: true);
        connection.Store.Status = _ => HttpStatusCode.OK;
        await connection.WakeAsync();

        var run = (await connection.RunAsync())!;
        AssertStarted(Six, run);
        Assert.Equal(Customers, run.CustomersRead);
        await connection.StaysAsync(Six, [TimeSpan.FromMinutes(10)]);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_brings_no_second_run()
    {
        await using var cluster = new ClusterFixture(_time);
        var connection = await ConnectAsync(cluster);
        _time.SetUtcNow(Six);
        await connection.WakeAsync();
        AssertStarted(Six, await connection.RunAsync());

        _time.AdjustTime(Six.AddHours(-2));
        await connection.StaysAsync(Six, [TimeSpan.FromHours(1), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)]);
    }

    [Theory]
    [InlineData("05:00", 30, true)]
    [InlineData("07:00", 10, false)]
    public async Task A_changed_hour_counts_from_the_next_waking_and_never_twice_a_day(string hour, int minutes, bool isRunByFive)
    {
        await using var cluster = new ClusterFixture(_time);
        var connection = await ConnectAsync(cluster);
        var import = cluster.Grains.GetGrain<IImportGrain>(connection.Key);
        var clock = DailyClock.Parse(hour);
        var settings = connection.Settings;
        _time.SetUtcNow(Six.AddHours(-1).AddMinutes(minutes));
        await import.EnsureDailyAsync(clock.LatestDueDay(_time.GetUtcNow()), settings);
        Assert.Equal(isRunByFive, (await connection.RunAsync()) is not null);

        // At six under the former setting, at seven under the one of 07:00: one of the two.
        _time.SetUtcNow(Six.AddMinutes(1));
        await import.EnsureDailyAsync(DailyClock.Parse("06:00").LatestDueDay(_time.GetUtcNow()), settings);
        var first = (await connection.RunAsync())!.StartedAt;
        _time.SetUtcNow(Six.AddHours(1).AddMinutes(1));
        await import.EnsureDailyAsync(clock.LatestDueDay(_time.GetUtcNow()), settings);

        Assert.Equal(first, (await connection.RunAsync())!.StartedAt);
    }

    [Fact]
    public async Task Two_silos_that_wake_everything_at_once_make_one_run()
    {
        await using var cluster = new ClusterFixture(_time, silos: 2);
        var connection = await ConnectAsync(cluster);
        connection.Touch(Six.AddHours(-1));
        _time.SetUtcNow(Six);
        var before = connection.Store.Requests().Count;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(wake => connection.WakeAsync(cluster.ServicesOf(wake % 2).GetRequiredService<IGrainFactory>())));

        var run = await connection.RunAsync();
        AssertStarted(Six, run);
        Assert.Equal(Customers, run!.CustomersRead);
        // Pages of two, and the comparison that comes with the night: each reading once.
        Assert.InRange(connection.Store.Requests().Skip(before).Count(request => request.StartsWith("customers", StringComparison.Ordinal)), 3, 9);
        await connection.StaysAsync(Six, [TimeSpan.FromMinutes(10)]);
    }

    [Fact]
    public async Task Thousands_of_tenants_wake_inside_a_minute_of_the_hour_and_none_is_forgotten()
    {
        const int Tenants = 2_000;
        await using var cluster = new ClusterFixture();
        await cluster.InitializeAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Tenants),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken },
            (tenant, _) => new ValueTask(cluster.Grains.GetGrain<ITenantGrain>(string.Create(CultureInfo.InvariantCulture, $"t-{tenant}")).CreateAsync("Tenant")));

        var rows = (await cluster.ServicesOf(0).GetRequiredService<IReminderTable>().ReadRows(0, 0, TestContext.Current.CancellationToken)).Reminders.Where(row => row.ReminderName == "daily-sync").ToList();
        // Each ten minutes from the hour on, and a little later for each tenant.
        var after = rows.Select(row => row.StartAt.TimeOfDay.Ticks % TimeSpan.FromMinutes(10).Ticks / (double)TimeSpan.TicksPerSecond).ToList();
        Assert.Equal(Tenants, rows.Select(row => row.GrainId).Distinct().Count());
        Assert.All(after, seconds => Assert.InRange(seconds, 0, 60));
        // Spread, not in a heap: 50 in a second, and a few more where a busy machine was late to register one; never a tenth of all.
        Assert.InRange(after.GroupBy(seconds => (int)seconds).Max(second => second.Count()), 1, Tenants / 10);
    }

    /// <summary>It begins a moment after the waking.</summary>
    private static void AssertStarted(DateTimeOffset at, DailyRunStatus? run)
    {
        Assert.NotNull(run);
        Assert.InRange(run.StartedAt, at, at.AddSeconds(30));
    }

    private async Task RestartAsync(ClusterFixture cluster, bool killed = false)
    {
        // What waits for its turn at a service waits by this clock, and the silo waits for that.
        var restarting = cluster.RestartAsync(killed);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!restarting.IsCompleted && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            _time.Advance(TimeSpan.FromMilliseconds(50));
        await restarting;
        Publish(cluster);
    }

    private static void Publish(ClusterFixture cluster)
    {
        for (var silo = 0; silo < cluster.Silos; silo++)
            cluster.ServicesOf(silo).GetRequiredService<PublicAddress>().Base = "https://hooks.example.test";
    }

    private async Task<DrivenConnection> ConnectAsync(ClusterFixture cluster)
    {
        await cluster.InitializeAsync();
        Publish(cluster);
        var connection = new DrivenConnection(cluster, await cluster.ConnectAsync(countsContacts: true), _time);
        for (var customer = 1; customer <= Customers; customer++)
            connection.Store.Put(Given.Customer with { Id = 100 + customer, Email = $"c{customer}@example.test", UpdatedAt = Evening.AddDays(-customer) });
        await connection.CreateAsync();
        return connection;
    }

    /// <summary>A connection as tenants wake it, through all its grains.</summary>
    private sealed class DrivenConnection(ClusterFixture cluster, TestConnection connection, FakeTimeProvider time)
    {
        private static readonly Enablement Enabled = new() { Recharge = true, CustomEvents = EventKinds.Usual };

        public string Key => connection.Key.ToString();

        public FakeStore Store => connection.Store;

        public ImportSettings Settings => connection.Settings;

        private IConnectionGrain Grain => cluster.Grains.GetGrain<IConnectionGrain>(Key);

        public async Task CreateAsync()
        {
            await Grain.CreateAsync(
                new ConnectionSettings
                {
                    OmetriaAccount = connection.OmetriaKey,
                    RechargeAccount = Settings.RechargeAccount,
                    CustomersStartDate = Evening.AddYears(-1),
                    CustomEvents = EventKinds.Usual,
                    UpcomingChargeDays = 7,
                },
                Enabled);
            await DriveAsync(() => Grain.GetStatusAsync(), status => status!.Import.State == ImportState.Finished);
        }

        public Task WakeAsync(IGrainFactory? from = null) => (from ?? cluster.Grains).GetGrain<IConnectionGrain>(Key).WakeAsync(Enabled);

        /// <summary>Every customer changes.</summary>
        public void Touch(DateTimeOffset at)
        {
            for (var customer = 1; customer <= Customers; customer++)
                Store.Put(Given.Customer with { Id = 100 + customer, Email = $"c{customer}@example.test", UpdatedAt = at });
        }

        /// <summary>The last daily run, once nothing is under way.</summary>
        public async Task<DailyRunStatus?> RunAsync() =>
            (await DriveAsync(() => connection.Import.GetStatusAsync(), status => !status.Busy)).LastDailyRun;

        /// <summary>Waits for the end of what the night asked for, so that nothing is cut off in the middle of it.</summary>
        public async Task SettleAsync()
        {
            await DriveAsync(() => cluster.Grains.GetGrain<IReconciliationGrain>(Key).GetStatusAsync(), status => !status.Busy);
            await DriveAsync(() => cluster.Grains.GetGrain<IUpcomingChargesGrain>(Key).GetStatusAsync(), status => !status.Busy);
        }

        /// <summary>Lets time go on a little at each look: rate limits and pauses go by it.</summary>
        public Task<T> DriveAsync<T>(Func<Task<T>> ask, Func<T, bool> until) => TestConnection.WaitForAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                return ask();
            },
            until);

        /// <summary>Wakes it after each of some spans, and sees that no other run follows the one that began at an instant.</summary>
        public async Task StaysAsync(DateTimeOffset startedAt, IEnumerable<TimeSpan> spans)
        {
            foreach (var span in spans)
            {
                time.Advance(span);
                await WakeAsync();
                AssertStarted(startedAt, await RunAsync());
            }
        }
    }
}
