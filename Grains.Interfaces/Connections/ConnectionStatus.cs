using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Imports;
using RechargeGrains.Outbox;
using RechargeGrains.Reconciliation;

namespace RechargeGrains.Connections;

/// <summary>Everything a person can see of a connection.</summary>
[GenerateSerializer, Immutable, Alias("rg.connection-status.v1")]
public sealed record ConnectionStatus
{
    [Id(0)] public required string ConnectionId { get; init; }
    [Id(1)] public required ConnectionState State { get; init; }
    [Id(2)] public required ConnectionSettings Settings { get; init; }
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(4)] public required ImportStatus Import { get; init; }
    [Id(5)] public DateTimeOffset? NextDailySync { get; init; }
    [Id(6)] public required bool WebhooksRegistered { get; init; }
    [Id(7)] public required IReadOnlyList<string> WebhookTopics { get; init; }
    [Id(8)] public long Received { get; init; }
    [Id(9)] public long Duplicates { get; init; }
    [Id(10)] public required OutboxStatus Events { get; init; }
    [Id(11)] public required ContactBookStatus Contacts { get; init; }
    [Id(12)] public required IReadOnlyList<Problem> Problems { get; init; }
    [Id(13)] public required IReadOnlyList<EventKind> EffectiveEvents { get; init; }
    [Id(14)] public long SetAside { get; init; }
    [Id(15)] public required ReconciliationStatus Drift { get; init; }

    /// <summary>When the webhooks were last seen registered at Recharge.</summary>
    [Id(16)] public DateTimeOffset? WebhooksSeenAt { get; init; }
}
