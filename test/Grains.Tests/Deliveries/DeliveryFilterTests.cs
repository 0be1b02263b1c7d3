using RechargeGrains.Deliveries;

namespace RechargeGrains.Grains.Tests.Deliveries;

public sealed class DeliveryFilterTests
{
    private static readonly DeliveryEntry Entry = new()
    {
        EventId = "rc-77-5-created",
        Type = "subscription_created",
        Email = Given.Email,
        Status = DeliveryStatus.Sent,
        OccurredAt = Given.Start.AddDays(-1),
        ReceivedAt = Given.Start,
    };

    [Fact]
    public void What_is_not_asked_for_does_not_narrow() => Assert.True(new DeliveryFilter().Matches(Entry));

    [Theory]
    [InlineData(DeliveryStatus.Sent, true)]
    [InlineData(DeliveryStatus.Waiting, false)]
    public void A_status_narrows(DeliveryStatus status, bool matches) => Assert.Equal(matches, new DeliveryFilter { Status = status }.Matches(Entry));

    [Theory]
    [InlineData("subscription_created", true)]
    [InlineData("subscription_cancelled", false)]
    public void A_type_narrows(string type, bool matches) => Assert.Equal(matches, new DeliveryFilter { Type = type }.Matches(Entry));

    [Theory]
    [InlineData(" Ines@EXAMPLE.test ", true)]
    [InlineData("ines@example.tes", false)]
    public void An_address_narrows_in_whatever_case_it_is_typed(string email, bool matches) =>
        Assert.Equal(matches, new DeliveryFilter { Email = email }.Matches(Entry));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_first_instant_is_included(int seconds, bool matches) =>
        Assert.Equal(matches, new DeliveryFilter { From = Given.Start.AddSeconds(seconds) }.Matches(Entry));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void The_last_instant_is_not(int seconds, bool matches) =>
        Assert.Equal(matches, new DeliveryFilter { To = Given.Start.AddSeconds(seconds) }.Matches(Entry));

    [Fact]
    public void Public_names_are_read_as_they_are_written()
    {
        Assert.Equal(
            ["waiting", "sent", "rejected", "dead_lettered", "suppressed"], Enum.GetValues<DeliveryStatus>().Select(DeliveryStatuses.NameOf));
        Assert.All(Enum.GetValues<DeliveryStatus>(), status => Assert.Equal(status, DeliveryStatuses.Parse(DeliveryStatuses.NameOf(status))));
        Assert.Null(DeliveryStatuses.Parse("Sent"));
        Assert.Null(DeliveryStatuses.Parse(null));
    }
}
