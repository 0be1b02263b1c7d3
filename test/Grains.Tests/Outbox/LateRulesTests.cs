using RechargeGrains.Connections;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Outbox;

namespace RechargeGrains.Grains.Tests.Outbox;

public sealed class LateRulesTests
{
    [Theory]
    [InlineData(LateEventsPolicy.Restamp, -0.1, LateHandling.None)]
    [InlineData(LateEventsPolicy.Restamp, 3.9, LateHandling.None)]
    [InlineData(LateEventsPolicy.Restamp, 4.1, LateHandling.Restamped)]
    [InlineData(LateEventsPolicy.Restamp, 48, LateHandling.Restamped)]
    [InlineData(LateEventsPolicy.Restamp, 48.3, LateHandling.SentLate)]
    [InlineData(LateEventsPolicy.Send, 3.9, LateHandling.None)]
    [InlineData(LateEventsPolicy.Send, 4.1, LateHandling.SentLate)]
    [InlineData(LateEventsPolicy.Send, 9_000, LateHandling.SentLate)]
    [InlineData(LateEventsPolicy.Skip, 3.9, LateHandling.None)]
    [InlineData(LateEventsPolicy.Skip, 4.1, LateHandling.Skipped)]
    public void What_is_too_old_to_start_a_campaign_is_handled_as_the_connection_wants(LateEventsPolicy policy, double hoursOld, LateHandling expected) =>
        Assert.Equal(expected, LateRules.Decide(Given.Start, Given.Start.AddHours(hoursOld), policy));
}
