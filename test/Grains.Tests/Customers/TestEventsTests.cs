using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class TestEventsTests
{
    public static TheoryData<EventKind> Kinds => [.. EventKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_test_has_the_properties_of_a_real_event_and_says_that_it_is_one(EventKind kind)
    {
        var real = kind switch
        {
            EventKind.UpcomingCharge => EventProperties.Of(Given.Charge, 7, Given.Start),
            EventKind.UpcomingChargeChanged => EventProperties.OfMoved(Given.Charge, Given.Charge.ScheduledAt.AddDays(1), 7, Given.Start),
            EventKind.SubscriptionCancelled => EventProperties.Of(Given.CancelledAt(Given.Start, "Too much tea"), Given.Start),
            _ => EventProperties.Of(Given.Subscription, Given.Start),
        };
        var test = TestEvents.Of(kind, Given.Email, 7, Given.Start);

        Assert.Equal(["test", .. NamesOf(real)], NamesOf(test.PropertiesJson));
        Assert.Equal((Given.Email, Given.Start, kind), (test.Email, test.OccurredAt, test.Kind));
        using var json = JsonDocument.Parse(test.PropertiesJson);
        Assert.True(json.RootElement.GetProperty("test").GetBoolean());
        Assert.Equal("2026-03-09T14:05:00+00:00", json.RootElement.GetProperty("occurred_at").GetString());
    }

    [Fact]
    public void Its_id_is_another_one_each_time_and_no_real_ones()
    {
        var ids = EventKinds.All.Select(kind => TestEvents.Of(kind, Given.Email, 7, Given.Start).EventId).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.True(TestEventId.Is(id) && EventIds.IsOurs(id)));
        // Whatever the store is called.
        Assert.False(TestEventId.Is(EventIds.Of(EventKind.SubscriptionCreated, 5, Given.Start, "test_")));
    }

    private static List<string> NamesOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(property => property.Name)];
    }
}
