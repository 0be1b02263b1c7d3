using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Connections;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Tests.Connections;

public sealed class ConnectionReaderTests
{
    [Theory]
    [InlineData("2022-01-01", "2022-01-01T00:00:00Z")]
    [InlineData("2022-01-01 00:00", "2022-01-01T00:00:00Z")]
    [InlineData("2022-01-01T13:14", "2022-01-01T13:14:00Z")]
    [InlineData("2022-01-01T13:14:15", "2022-01-01T13:14:15Z")]
    [InlineData("2022-01-01T13:14:15Z", "2022-01-01T13:14:15Z")]
    [InlineData("2022-01-01T13:14:15.5Z", "2022-01-01T13:14:15.5Z")]
    [InlineData("2022-01-01T13:14:15.123456Z", "2022-01-01T13:14:15.123456Z")]
    [InlineData("2022-01-01T13:14:15+02:00", "2022-01-01T11:14:15Z")]
    [InlineData("2022-01-01T00:30+02:00", "2021-12-31T22:30:00Z")]
    [InlineData("2022-01-01 13:14:15-05:00", "2022-01-01T18:14:15Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z")]
    [InlineData("2000-01-01", "2000-01-01T00:00:00Z")]
    [InlineData("  2022-01-01  ", "2022-01-01T00:00:00Z")]
    public void A_start_date_is_read_as_utc_unless_it_says_otherwise(string text, string expected)
    {
        var start = ConnectionReader.ReadStart(text);

        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), start);
        Assert.Equal(TimeSpan.Zero, start!.Value.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("today")]
    [InlineData("2022")]
    [InlineData("2022-01")]
    [InlineData("2022-1-1")]
    [InlineData("01/02/2022")]
    [InlineData("2022-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("2022-13-01")]
    [InlineData("2022-01-01T24:01")]
    [InlineData("2022-01-01T13:14:15+25:00")]
    [InlineData("1999-12-31T23:59:59Z")]
    [InlineData("2000-01-01T00:00:00+01:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("1640995200")]
    [InlineData("2022-01-01T00:00:00Z; drop")]
    public void What_is_no_date_since_2000_is_not_read(string? text) => Assert.Null(ConnectionReader.ReadStart(text));

    [Fact]
    public void What_is_not_said_is_left_to_what_is_enabled_and_to_the_settings()
    {
        var errors = new FieldErrors();

        var wanted = ConnectionReader.Read(Request(), errors)!;

        Assert.False(errors.Any);
        Assert.Equal(("acc_o", "acc_r"), (wanted.OmetriaAccountId, wanted.RechargeAccountId));
        Assert.Null(wanted.CustomEvents);
        Assert.Null(wanted.UpcomingChargeDays);
        Assert.Equal(LateEventsPolicy.Restamp, wanted.LateEvents);
        Assert.Empty(wanted.EventTypes);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var errors = new FieldErrors();

        ConnectionReader.Read(
            new ConnectionRequest { UpcomingChargeDays = 61, LateEvents = "never", CustomEvents = ["?"], EventTypes = new Dictionary<string, string?> { ["?"] = "x" } },
            errors);

        Assert.Equal(
            ["customEvents", "customersStartDate", "eventTypes", "lateEvents", "ometriaAccountId", "rechargeAccountId", "upcomingChargeDays"],
            errors.ToDictionary().Keys.Order());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(-1, false)]
    public void A_lead_time_is_1_to_60_days(int days, bool isGood)
    {
        var errors = new FieldErrors();
        var request = Request();
        request.UpcomingChargeDays = days;

        ConnectionReader.Read(request, errors);

        Assert.Equal(isGood, !errors.ToDictionary().ContainsKey("upcomingChargeDays"));
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(0, false)]
    public void An_events_new_name_is_at_most_31_characters(int length, bool isGood)
    {
        var errors = new FieldErrors();
        var request = Request();
        request.EventTypes = new Dictionary<string, string?> { ["upcoming_charge"] = new string('x', length) };

        var wanted = ConnectionReader.Read(request, errors);

        Assert.Equal(isGood, !errors.Any);
        if (isGood)
            Assert.Equal(new string('x', length), wanted!.EventTypes[EventKind.UpcomingCharge]);
    }

    private static ConnectionRequest Request() => new() { OmetriaAccountId = "acc_o", RechargeAccountId = "acc_r", CustomersStartDate = "2022-01-01" };
}
