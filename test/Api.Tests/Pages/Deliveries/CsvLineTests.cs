using RechargeGrains.Api.Pages.Deliveries;

namespace RechargeGrains.Api.Tests.Pages.Deliveries;

public sealed class CsvLineTests
{
    [Fact]
    public void Fields_are_quoted_and_quotes_doubled() => Assert.Equal("\"\",\"a,b\",\"say \"\"so\"\"\"\r\n", CsvLine.Of(null, "a,b", "say \"so\""));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    public void What_a_spreadsheet_would_calculate_is_disarmed(string field) => Assert.Equal($"\"'{field}\"\r\n", CsvLine.Of(field));
}
