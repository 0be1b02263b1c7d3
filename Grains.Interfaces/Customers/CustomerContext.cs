namespace RechargeGrains.Customers;

/// <summary>
/// What a customer needs to know of its connection to judge a message. It travels with each call, so that a customer
/// never asks upwards and a changed setting counts from the next message on.
/// </summary>
[GenerateSerializer, Immutable, Alias("rg.customer-context.v1")]
public sealed record CustomerContext
{
    /// <summary>Events that are both enabled by staff and chosen for the connection. What is not here is never sent later.</summary>
    [Id(0)] public required IReadOnlyList<EventKind> Events { get; init; }

    /// <summary>When the webhooks were registered. What a reading finds from before is history; what is later has a webhook on its way.</summary>
    [Id(1)] public required DateTimeOffset EventsSince { get; init; }

    [Id(2)] public required DateTimeOffset CustomersStartDate { get; init; }

    /// <summary>Names the store in event ids, so that two stores in one Ometria account never share one.</summary>
    [Id(3)] public required string StoreId { get; init; }

    /// <summary>Secret salt of the connection's e-mail index.</summary>
    [Id(4)] public required string EmailSalt { get; init; }

    [Id(5)] public int UpcomingChargeDays { get; init; } = 7;

    /// <summary>Since when staff have had it enabled without a break, if it was ever not. What was missed before is not told by a reading.</summary>
    [Id(6)] public DateTimeOffset? ToldSince { get; init; }
}
