using System.Globalization;
using System.Net;
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

    [Fact]
    public async Task A_hint_reads_the_customer_and_tells_what_Recharge_shows_not_what_the_webhook_said()
    {
        var (connection, grain, today) = await ReadOnceAsync();
        connection.Store.Charges.Add(Charge(1, address: 11, today.AddDays(6)));

        await grain.HintAsync(Given.CustomerId, today.AddDays(7), mayHaveMoved: false);
        await connection.Ometria.AcceptedAsync(1);

        Assert.Equal([IdOf(11, today.AddDays(6))], await connection.ToldAsync());
        Assert.Equal(6, connection.Ometria.Accepted()[0].GetProperty("properties").GetProperty("days_before").GetInt32());
    }

    [Fact]
    public async Task A_hint_about_a_day_that_is_not_announced_yet_costs_no_call()
    {
        var (connection, grain, today) = await ReadOnceAsync();
        connection.Store.Charges.Add(Charge(1, address: 11, today.AddDays(2)));
        var before = connection.Store.Requests().Count(request => request == "charges");

        await grain.HintAsync(Given.CustomerId, today.AddDays(8), mayHaveMoved: false);
        await grain.HintAsync(Given.CustomerId, today.AddDays(7), mayHaveMoved: false);
        await connection.Ometria.AcceptedAsync(1);

        Assert.Equal(before + 1, connection.Store.Requests().Count(request => request == "charges"));
    }

    [Fact]
    public async Task Many_hints_are_one_reading()
    {
        var (connection, grain, today) = await ReadOnceAsync();
        for (var customer = 1; customer <= 40; customer++)
            connection.Store.Charges.Add(Charge(customer, address: 100 + customer, today.AddDays(7), customer: customer));
        var before = connection.Store.Requests().Count(request => request == "charges");

        await Task.WhenAll(Enumerable.Range(1, 40).Select(customer => grain.HintAsync(customer, today.AddDays(7), mayHaveMoved: false)));
        await connection.Ometria.AcceptedAsync(40);

        Assert.InRange(connection.Store.Requests().Count(request => request == "charges") - before, 1, 12);
        Assert.Equal(40, connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf).Distinct().Count());
    }

    [Fact]
    public async Task Hints_that_a_crash_forgot_are_made_up_for_by_a_reading_of_everything()
    {
        var (connection, grain, today) = await ReadOnceAsync();
        connection.Store.Status = _ => HttpStatusCode.ServiceUnavailable;
        connection.Store.Charges.Add(Charge(1, address: 11, today.AddDays(7)));
        await grain.HintAsync(Given.CustomerId, today.AddDays(7), mayHaveMoved: false);
        await connection.Store.RequestsAsync(requests => requests.Count(request => request == "charges") > 1);
        await TestConnection.ForgetAsync(grain);

        connection.Store.Status = _ => HttpStatusCode.OK;
        await grain.GetStatusAsync();

        await connection.Ometria.AcceptedAsync(1);
        Assert.Equal([IdOf(11, today.AddDays(7))], await connection.ToldAsync());
    }

    [Fact]
    public async Task A_charge_that_left_the_window_is_told_as_moved_where_that_is_wanted()
    {
        var (connection, grain, today) = await ReadOnceAsync();
        connection.Store.Charges.Add(Charge(1, address: 11, today.AddDays(3)));
        await grain.EnsureReadAsync(TimeSpan.Zero, connection.Settings);
        await connection.Ometria.AcceptedAsync(1);

        connection.Store.Charges[0] = Charge(2, address: 11, today.AddDays(20));
        await grain.EnsureReadAsync(TimeSpan.Zero, connection.Settings);
        await connection.Ometria.AcceptedAsync(2);

        Assert.Equal(
            [IdOf(11, today.AddDays(3)), string.Create(CultureInfo.InvariantCulture, $"rc-77-11-moved-{today.AddDays(3):yyyyMMdd}-{today.AddDays(20):yyyyMMdd}")],
            await connection.ToldAsync());
    }

    [Fact]
    public async Task That_a_charge_may_have_moved_out_of_the_window_is_remembered_over_a_crash()
    {
        var (connection, grain, today) = await ReadOnceAsync();
        connection.Store.Charges.Add(Charge(1, address: 11, today.AddDays(3)));
        await grain.EnsureReadAsync(TimeSpan.Zero, connection.Settings);
        await connection.Ometria.AcceptedAsync(1);
        await TestConnection.WaitForAsync(() => grain.GetStatusAsync(), status => !status.Busy);
        connection.Store.Status = _ => HttpStatusCode.ServiceUnavailable;
        connection.Store.Charges[0] = Charge(2, address: 11, today.AddDays(20));
        await grain.HintAsync(Given.CustomerId, today.AddDays(20), mayHaveMoved: true);
        await TestConnection.ForgetAsync(grain);

        connection.Store.Status = _ => HttpStatusCode.OK;
        await grain.GetStatusAsync();

        await connection.Ometria.AcceptedAsync(2);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"rc-77-11-moved-{today.AddDays(3):yyyyMMdd}-{today.AddDays(20):yyyyMMdd}"),
            (await connection.ToldAsync())[^1]);
    }

    private async Task<(TestConnection Connection, IUpcomingChargesGrain Grain, DateOnly Today)> ReadOnceAsync()
    {
        var connection = await cluster.ConnectAsync();
        var grain = cluster.Grains.GetGrain<IUpcomingChargesGrain>(connection.Key.ToString());
        await grain.EnsureReadAsync(TimeSpan.FromHours(1), connection.Settings);
        await TestConnection.WaitForAsync(() => grain.GetStatusAsync(), status => !status.Busy);
        return (connection, grain, StoreCalendar.Today(DateTimeOffset.UtcNow, zone: null));
    }

    private static string IdOf(long address, DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"rc-77-{address}-upcoming-{date:yyyyMMdd}");

    private static ChargeDto Charge(long id, long address, DateOnly date, string status = "queued", long customer = Given.CustomerId) => new()
    {
        Id = id,
        AddressId = address,
        Status = status,
        ScheduledAt = date,
        Customer = new CustomerDto { Id = customer, Email = customer == Given.CustomerId ? Given.Email : string.Create(CultureInfo.InvariantCulture, $"c{customer}@example.test") },
        LineItems = [new LineItemDto { PurchaseItemId = address }],
    };
}
