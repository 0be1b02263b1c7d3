using RechargeGrains.Grains.Ometria;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class QueueGaugeTests
{
    [Theory]
    [InlineData("50000", 1)]
    [InlineData("10000", 1)]
    [InlineData("5000", 0.5)]
    [InlineData("0", 0.05)]
    [InlineData("-3", 0.05)]
    [InlineData("many", 1)]
    [InlineData(null, 1)]
    public void The_fuller_the_queue_the_slower_and_what_cannot_be_read_changes_nothing(string? header, double share)
    {
        using var response = new HttpResponseMessage();
        if (header is not null)
            response.Headers.Add("X-QueueSize-Remaining", header);
        Assert.Equal(share, QueueGauge.ShareOf(QueueGauge.Read(response)));
    }
}
