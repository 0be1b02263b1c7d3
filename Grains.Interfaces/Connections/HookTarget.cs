using RechargeGrains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Connections;

/// <summary>What the front door needs to receive webhooks of one connection. Holds a secret: never logged, never shown.</summary>
[GenerateSerializer, Immutable, Alias("rg.hook-target.v1")]
public sealed record HookTarget
{
    [Id(0)] public required ConnectionKey Connection { get; init; }

    /// <summary>Secrets that a signature may be made with. Without any, the hook key alone protects the address.</summary>
    [Id(1)] public required IReadOnlyList<string> ClientSecrets { get; init; }
    [Id(2)] public required CustomerContext Context { get; init; }

    /// <summary>Webhooks a second that the tenant may send; null, from an older silo, for no limit.</summary>
    [Id(3)] public int? WebhooksPerSecond { get; init; }
}
