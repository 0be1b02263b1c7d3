using RechargeGrains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Imports;

/// <summary>What an import needs to know of its connection.</summary>
[GenerateSerializer, Immutable, Alias("rg.import-settings.v1")]
public sealed record ImportSettings
{
    [Id(0)] public required AccountKey RechargeAccount { get; init; }
    [Id(1)] public required AccountKey OmetriaAccount { get; init; }
    [Id(2)] public required CustomerContext Context { get; init; }

    /// <summary>Paused, disconnected or not enabled: nothing is read and nothing is sent.</summary>
    [Id(3)] public required bool Held { get; init; }
}
