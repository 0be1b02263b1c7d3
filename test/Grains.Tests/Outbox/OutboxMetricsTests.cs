using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Outbox;

public sealed class OutboxMetricsTests
{
    [Fact]
    public async Task What_waits_is_counted_once_wherever_its_outbox_moves()
    {
        await using var cluster = new ClusterFixture(time: null, silos: 2);
        await cluster.InitializeAsync();
        var gauges = Enumerable.Range(0, cluster.Silos).Select(silo => Gauge<long>(cluster, silo, "recharge.outbox.waiting")).ToList();
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.OfferAsync(TestConnection.Told(7, 1), TestConnection.Told(7, 2), TestConnection.Told(7, 3));

        for (var moves = 0; moves < 8; moves++)
        {
            Assert.Equal(3, gauges.Sum(Read));
            await TestConnection.ForgetAsync(connection.Outbox);
            // By its next activation, which begins when the one before it has ended.
            Assert.Equal(3, (await connection.Outbox.GetStatusAsync()).Waiting);
        }
    }

    [Fact]
    public async Task Events_and_their_lag_are_counted_and_tests_are_not()
    {
        await using var cluster = new ClusterFixture();
        await cluster.InitializeAsync();
        var factory = cluster.ServicesOf(0).GetRequiredService<IMeterFactory>();
        using var events = new MetricCollector<long>(factory, OutboxMetrics.MeterName, "recharge.outbox.events");
        using var lags = new MetricCollector<double>(factory, OutboxMetrics.MeterName, "recharge.event.lag");
        using var oldest = Gauge<double>(cluster, 0, "recharge.outbox.oldest");
        var connection = await cluster.ConnectAsync();

        await connection.OfferAsync(TestConnection.Told(7, 1), TestConnection.Told(7, 2));
        await connection.Outbox.SendTestAsync(TestConnection.Told(7, 0) with { EventId = TestEventId.New() });
        await connection.WaitForStatusAsync(status => status.Waiting == 0);

        Assert.Equal(2, events.GetMeasurementSnapshot().Where(counted => (string?)counted.Tags["outcome"] == "sent").Sum(counted => counted.Value));
        Assert.Equal(2, lags.GetMeasurementSnapshot().Count);
        Assert.All(lags.GetMeasurementSnapshot(), lag => Assert.True(lag.Value >= 0));
        Assert.Equal(0, Read(oldest));
    }

    private static MetricCollector<T> Gauge<T>(ClusterFixture cluster, int silo, string name)
        where T : struct => new(cluster.ServicesOf(silo).GetRequiredService<IMeterFactory>(), OutboxMetrics.MeterName, name);

    private static T Read<T>(MetricCollector<T> gauge)
        where T : struct
    {
        gauge.RecordObservableInstruments();
        return gauge.LastMeasurement?.Value ?? default;
    }
}
