using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Tests.Chaos;

/// <summary>Ometria is away for two days, in driven time.</summary>
public sealed class LongOutageTests
{
    private const int Hours = 48;
    private const int EventsAnHour = 20;
    private const int Customers = 30;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_two_days_without_Ometria_every_event_is_told_once_in_order_and_can_start_its_campaign(bool restarted)
    {
        var time = new FakeTimeProvider(Given.Start);
        await using var cluster = new ClusterFixture(time);
        await cluster.InitializeAsync();
        var connection = await cluster.ConnectAsync();
        var isAway = true;
        var acceptedAt = new Dictionary<string, DateTimeOffset>();
        connection.Ometria.Status = (_, records) =>
        {
            if (isAway)
                return HttpStatusCode.ServiceUnavailable;
            foreach (var record in records)
                acceptedAt.TryAdd(FakeOmetriaAccount.IdOf(record), time.GetUtcNow());
            return HttpStatusCode.Accepted;
        };
        var told = new List<OutboundEvent>();
        for (var hour = 0; hour < Hours; hour++)
        {
            var events = Enumerable.Range(0, EventsAnHour).Select(i => Told(hour * EventsAnHour + i, time.GetUtcNow())).ToList();
            told.AddRange(events);
            foreach (var of in events.GroupBy(event_ => event_.CustomerId))
                await connection.OfferAsync([.. of]);
            time.Advance(TimeSpan.FromHours(1));
        }

        if (restarted)
        {
            await cluster.RestartAsync();
            await connection.HoldAsync(false);
        }

        isAway = false;
        await DriveAsync(time, async () => (await connection.Outbox.GetStatusAsync()).Waiting == 0);

        var records = connection.Ometria.Accepted();
        var ids = records.Select(FakeOmetriaAccount.IdOf).ToList();
        Assert.Equal(told.Select(event_ => event_.EventId).Order(), ids.Order());
        foreach (var of in told.GroupBy(event_ => event_.CustomerId))
            Assert.Equal(of.Select(event_ => event_.EventId), ids.Where(id => of.Any(event_ => event_.EventId == id)));
        // Ometria lets in what is at most 4 hours old, and at most 1,000 in five minutes.
        Assert.All(records, record => Assert.True(acceptedAt[FakeOmetriaAccount.IdOf(record)] - TimestampOf(record) < TimeSpan.FromHours(4)));
        Assert.All(
            records.GroupBy(record => Slot(Max(TimestampOf(record), acceptedAt[FakeOmetriaAccount.IdOf(record)]))),
            slot => Assert.InRange(slot.Count(), 1, SlotBook.Most));
        // A push that waited for its turn when the silo ended may have gone out, as far as anybody knows afterwards.
        Assert.InRange((await connection.Outbox.GetStatusAsync()).Repeated, 0, restarted ? 100 : 0);
    }

    private static OutboundEvent Told(int number, DateTimeOffset at) =>
        TestConnection.Told(100 + number % Customers, 2 + number / Customers) with { OccurredAt = at, ReceivedAt = at };

    /// <summary>Lets time go on, a little at a time, until what is wanted has come.</summary>
    private static async Task DriveAsync(FakeTimeProvider time, Func<Task<bool>> until)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var steps = 0; steps < 5_000 && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken); steps++)
        {
            if (await until())
                return;
            time.Advance(TimeSpan.FromSeconds(5));
        }

        throw new TimeoutException("It did not come, however long it was waited for.");
    }

    private static DateTimeOffset TimestampOf(JsonElement record) =>
        DateTimeOffset.Parse(record.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture);

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static long Slot(DateTimeOffset instant) => instant.UtcTicks / SlotBook.Slot.Ticks;
}
