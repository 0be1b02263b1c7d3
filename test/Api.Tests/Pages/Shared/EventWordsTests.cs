using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Tests.Pages.Shared;

public sealed class EventWordsTests
{
    [Fact]
    public void The_request_names_the_events_as_they_reach_ometria()
    {
        Assert.EndsWith(
            "for our account: subscription_created, upcoming_charge.",
            EventWords.RequestFor([EventKind.SubscriptionCreated, EventKind.UpcomingCharge]),
            StringComparison.Ordinal);
        Assert.Null(EventWords.RequestFor([]));
    }

    [Fact]
    public void Each_event_has_a_name_and_a_meaning_of_its_own()
    {
        Assert.Distinct(EventKinds.All.Select(EventWords.NameOf));
        Assert.Distinct(EventKinds.All.Select(EventWords.MeaningOf));
    }
}
