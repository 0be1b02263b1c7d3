using RechargeGrains.Customers;

namespace RechargeGrains.SetUp;

/// <summary>How far someone is with setting up a connection. Holds no key: those are with the accounts as soon as they are checked.</summary>
[GenerateSerializer, Immutable, Alias("rg.set-up-draft.v1")]
public sealed record SetUpDraft
{
    /// <summary>The step that is to be gone on with, from 0 on.</summary>
    [Id(0)] public int Step { get; init; }
    [Id(1)] public string? OmetriaAccountId { get; init; }
    [Id(2)] public string? RechargeAccountId { get; init; }

    /// <summary>Null: all that are enabled.</summary>
    [Id(3)] public IReadOnlyList<EventKind>? CustomEvents { get; init; }
    [Id(4)] public DateTimeOffset? CustomersStartDate { get; init; }
    [Id(5)] public DateTimeOffset SavedAt { get; init; }
}
