using RechargeGrains.Connections;
using RechargeGrains.Customers;

namespace RechargeGrains.Tenants;

/// <summary>A connection to be made.</summary>
[GenerateSerializer, Immutable, Alias("rg.new-connection.v1")]
public sealed record NewConnection
{
    [Id(0)] public required string OmetriaAccountId { get; init; }
    [Id(1)] public required string RechargeAccountId { get; init; }
    [Id(2)] public required DateTimeOffset CustomersStartDate { get; init; }

    /// <summary>Null: all that are enabled for the tenant.</summary>
    [Id(3)] public IReadOnlyList<EventKind>? CustomEvents { get; init; }

    /// <summary>Null: the service's default.</summary>
    [Id(4)] public int? UpcomingChargeDays { get; init; }
    [Id(5)] public LateEventsPolicy LateEvents { get; init; }
    [Id(6)] public IReadOnlyDictionary<EventKind, string> EventTypes { get; init; } = new Dictionary<EventKind, string>();
}
