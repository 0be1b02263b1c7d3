using RechargeGrains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Connections;

/// <summary>What an administrator chose when connecting.</summary>
[GenerateSerializer, Immutable, Alias("rg.connection-settings.v1")]
public sealed record ConnectionSettings
{
    [Id(0)] public required AccountKey OmetriaAccount { get; init; }
    [Id(1)] public required AccountKey RechargeAccount { get; init; }

    /// <summary>Given once: customers changed at Recharge after it are read by the first import.</summary>
    [Id(2)] public required DateTimeOffset CustomersStartDate { get; init; }
    [Id(3)] public required IReadOnlyList<EventKind> CustomEvents { get; init; }
    [Id(4)] public required int UpcomingChargeDays { get; init; }
    [Id(5)] public LateEventsPolicy LateEvents { get; init; }

    /// <summary>Other names for events at Ometria.</summary>
    [Id(6)] public IReadOnlyDictionary<EventKind, string> EventTypes { get; init; } = new Dictionary<EventKind, string>();
}
