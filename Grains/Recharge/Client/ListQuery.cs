using Refit;

namespace RechargeGrains.Grains.Recharge.Client;

/// <summary>Query of a list. With a cursor nothing but the limit may be sent, else Recharge answers 422.</summary>
internal sealed class ListQuery
{
    /// <summary>The most that Recharge allows.</summary>
    public const int MaxLimit = 250;

    [AliasAs("limit")]
    public int Limit { get; init; } = MaxLimit;

    [AliasAs("cursor")]
    public string? Cursor { get; init; }

    [AliasAs("updated_at_min")]
    public string? UpdatedAtMin { get; init; }

    [AliasAs("created_at_min")]
    public string? CreatedAtMin { get; init; }

    [AliasAs("verbs")]
    public string? Verbs { get; init; }

    [AliasAs("customer_id")]
    public long? CustomerId { get; init; }

    [AliasAs("status")]
    public string? Status { get; init; }

    [AliasAs("scheduled_at_min")]
    public string? ScheduledAtMin { get; init; }

    [AliasAs("scheduled_at_max")]
    public string? ScheduledAtMax { get; init; }

    [AliasAs("sort_by")]
    public string? SortBy { get; init; }

    [AliasAs("include")]
    public string? Include { get; init; }

    public static ListQuery Continue(string cursor) => new() { Cursor = cursor };
}
