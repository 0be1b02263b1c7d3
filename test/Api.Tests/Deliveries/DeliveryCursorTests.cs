using RechargeGrains.Api.Deliveries;

namespace RechargeGrains.Api.Tests.Deliveries;

public sealed class DeliveryCursorTests
{
    [Theory]
    [InlineData("20260309", null)]
    [InlineData("20260309.0", 0L)]
    [InlineData("20260309.9223372036854775807", long.MaxValue)]
    public void A_cursor_survives_being_written_and_read(string text, long? before)
    {
        var cursor = new DeliveryCursor(new DateOnly(2026, 3, 9), before);

        Assert.Equal(text, cursor.ToString());
        Assert.Equal(cursor, DeliveryCursor.TryParse(text));
    }

    [Fact]
    public void A_place_among_what_waits_survives_too()
    {
        Assert.Equal("waiting.42", DeliveryCursor.Waiting(42).ToString());
        Assert.Equal(DeliveryCursor.Waiting(42), DeliveryCursor.TryParse("waiting.42"));
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("waiting.")]
    [InlineData("waiting.-1")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("2026-03-09")]
    [InlineData("20261309")]
    [InlineData("20260309.")]
    [InlineData("20260309.-1")]
    [InlineData("20260309.1.2")]
    [InlineData("20260309.9223372036854775808")]
    [InlineData("20260309.1e3")]
    public void What_is_no_cursor_is_not_read(string text) => Assert.Null(DeliveryCursor.TryParse(text));
}
