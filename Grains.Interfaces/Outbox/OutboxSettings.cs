using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Outbox;

/// <summary>What an outbox needs to know of its connection.</summary>
[GenerateSerializer, Immutable, Alias("rg.outbox-settings.v1")]
public sealed record OutboxSettings
{
    [Id(0)] public required AccountKey OmetriaAccount { get; init; }

    /// <summary>Paused, disconnected or not enabled: everything is kept, nothing is sent.</summary>
    [Id(1)] public required bool Held { get; init; }

    /// <summary>Events that may be sent; a waiting event of another kind is set aside as suppressed.</summary>
    [Id(2)] public required IReadOnlyList<EventKind> Events { get; init; }

    /// <summary>Names that the connection gave to its events; the default name where none is given.</summary>
    [Id(3)] public required IReadOnlyDictionary<EventKind, string> EventTypes { get; init; }

    /// <summary>What is done about events that are too old to enter an automation.</summary>
    [Id(4)] public LateEventsPolicy LateEvents { get; init; }

    /// <summary>Events that may wait in all outboxes of the tenant, if staff have set it; null as for everybody.</summary>
    [Id(5)] public long? Backlog { get; init; }

    /// <summary>What waits is kept and will never be sent, so it takes nothing of the tenant's quota from the others.</summary>
    [Id(6)] public bool IsDisconnected { get; init; }
}
