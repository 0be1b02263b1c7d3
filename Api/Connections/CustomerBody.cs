using RechargeGrains.Customers;

namespace RechargeGrains.Api.Connections;

internal sealed record CustomerBody(
    long RechargeCustomerId,
    string? Email,
    int TotalSubscriptions,
    int ActiveSubscriptions,
    IReadOnlyList<SubscriptionBody> Subscriptions,
    IReadOnlyList<TimelineBody> Timeline)
{
    public static CustomerBody Of(CustomerView view) => new(
        view.RechargeCustomerId,
        view.Email,
        view.TotalSubscriptions,
        view.ActiveSubscriptions,
        [.. view.Subscriptions.Select(SubscriptionBody.Of)],
        [.. view.Timeline.Reverse().Select(entry => new TimelineBody(entry.At, entry.What, entry.Outcome, entry.SubscriptionId, entry.EventId))]);
}

internal sealed record SubscriptionBody(
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

/// <summary>One thing that happened, newest first.</summary>
internal sealed record TimelineBody(DateTimeOffset At, string What, string Outcome, long? SubscriptionId, string? EventId);

internal sealed record CustomerList(IReadOnlyList<CustomerBody> Customers);
