using RechargeGrains.Api.Deliveries;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Connections;

/// <summary>A customer with all that happened to them.</summary>
public sealed record CustomerBody(
    long RechargeCustomerId,
    string? Email,
    int TotalSubscriptions,
    int ActiveSubscriptions,
    IReadOnlyList<SubscriptionBody> Subscriptions,
    IReadOnlyList<TimelineBody> Timeline)
{
    public static CustomerBody Of(CustomerView view, IReadOnlyList<DeliveryEntry> answers) => new(
        view.RechargeCustomerId,
        view.Email,
        view.TotalSubscriptions,
        view.ActiveSubscriptions,
        [.. view.Subscriptions.Select(SubscriptionBody.Of)],
        [.. view.Timeline.Select(TimelineBody.Of).Concat(answers.SelectMany(TimelineBody.Of)).OrderByDescending(entry => entry.At)]);
}

/// <summary>A subscription as Recharge showed it last.</summary>
public sealed record SubscriptionBody(
    long Id,
    string Status,
    string? ProductTitle,
    string? VariantTitle,
    decimal? Price,
    int? Quantity,
    DateOnly? NextChargeDate,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? CancelledAt,
    string? CancellationReason)
{
    public static SubscriptionBody Of(SubscriptionSnapshot subscription) => new(
        subscription.Id,
        subscription.Status.ToString().ToLowerInvariant(),
        subscription.ProductTitle,
        subscription.VariantTitle,
        subscription.Price,
        subscription.Quantity,
        subscription.NextChargeDate,
        subscription.CreatedAt,
        subscription.UpdatedAt,
        subscription.CancelledAt,
        subscription.CancellationReason);
}

/// <summary>One thing that happened, newest first: a webhook, an event that it told, and what Ometria said to it (<c>ometria</c>).</summary>
/// <remarks>What Ometria said names the line of the delivery log, and has its words or what was done because it was late as detail.</remarks>
public sealed record TimelineBody(
    DateTimeOffset At, string What, string Outcome, long? SubscriptionId, string? EventId, string? DeliveryId = null, string? RequestId = null, string? Detail = null)
{
    public static TimelineBody Of(TimelineEntry entry) => new(entry.At, entry.What, entry.Outcome, entry.SubscriptionId, entry.EventId);

    public static IEnumerable<TimelineBody> Of(DeliveryEntry delivery)
    {
        // What waits or was dead-lettered has no time of its own: it stands beside its event.
        yield return new TimelineBody(
            delivery.SentAt ?? delivery.ReceivedAt,
            "ometria",
            DeliveryStatuses.NameOf(delivery.Status),
            SubscriptionId: null,
            delivery.EventId,
            Deliveries.DeliveryId.Of(delivery).ToString(),
            delivery.RequestId,
            delivery.Error ?? DeliveryBody.LateName(delivery.Late));
    }
}

internal sealed record CustomerList(IReadOnlyList<CustomerBody> Customers);
