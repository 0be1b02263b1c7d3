using System.Globalization;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Tests.Imports;

public sealed class UpcomingChargesGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Queued_charges_inside_the_window_are_announced_once_under_whatever_id()
    {
        var connection = await cluster.ConnectAsync();
        var today = StoreCalendar.Today(DateTimeOffset.UtcNow, zone: null);
        connection.Store.Charges.AddRange(
        [
            Charge(1, address: 11, today.AddDays(3)),
            Charge(2, address: 12, today.AddDays(9)),
            Charge(3, address: 13, today.AddDays(3), status: "skipped"),
            Charge(4, address: 11, today.AddDays(3)),
        ]);
        var grain = cluster.Grains.GetGrain<IUpcomingChargesGrain>(connection.Key.ToString());
        var id = string.Create(CultureInfo.InvariantCulture, $"rc-77-11-upcoming-{today.AddDays(3):yyyyMMdd}");

        await grain.EnsureReadAsync(TimeSpan.FromHours(1), connection.Settings);
        await connection.Ometria.AcceptedAsync(1);
        Assert.Equal([id], await connection.ToldAsync());

        // Rebuilt under another id, and read by an activation that knows nothing of the first reading.
        connection.Store.Charges[0] = Charge(5, address: 11, today.AddDays(3));
        connection.Store.Charges[1] = Charge(6, address: 14, today.AddDays(4));
        await TestConnection.ForgetAsync(grain);
        await grain.EnsureReadAsync(TimeSpan.Zero, connection.Settings);
        await connection.Ometria.AcceptedAsync(3);

        Assert.Equal([id, string.Create(CultureInfo.InvariantCulture, $"rc-77-14-upcoming-{today.AddDays(4):yyyyMMdd}")], await connection.ToldAsync());
    }

    private static ChargeDto Charge(long id, long address, DateOnly date, string status = "queued") => new()
    {
        Id = id,
        AddressId = address,
        Status = status,
        ScheduledAt = date,
        Customer = new CustomerDto { Id = Given.CustomerId, Email = Given.Email },
    };
}
