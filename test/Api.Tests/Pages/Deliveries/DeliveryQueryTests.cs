using RechargeGrains.Api.Pages.Deliveries;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Tests.Pages.Deliveries;

public sealed class DeliveryQueryTests
{
    [Fact]
    public void Days_are_whole_and_the_last_one_is_included()
    {
        var filter = new DeliveryQuery { From = new DateOnly(2026, 3, 1), To = new DateOnly(2026, 3, 1) }.ToFilter();
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), filter.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), filter.To);
    }

    [Fact]
    public void The_last_day_that_there_is_narrows_nothing() => Assert.Equal(new DeliveryFilter(), new DeliveryQuery { To = DateOnly.MaxValue }.ToFilter());

    [Fact]
    public void Blank_fields_do_not_narrow() => Assert.Equal(new DeliveryFilter(), new DeliveryQuery { Type = "", Email = "  " }.ToFilter());

    [Fact]
    public void The_address_of_the_file_has_the_same_filter()
    {
        var query = new DeliveryQuery { Status = DeliveryStatus.DeadLettered, Type = "a b", Email = "jo+1@example.test", From = new DateOnly(2026, 3, 1) };
        Assert.Equal("status=dead_lettered&type=a%20b&email=jo%2B1%40example.test&from=2026-03-01T00%3A00%3A00Z", query.ToQueryString());
    }
}
