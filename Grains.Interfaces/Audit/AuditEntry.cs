namespace RechargeGrains.Audit;

/// <summary>Who did what, when and from where. Holds no key and no password.</summary>
[GenerateSerializer, Immutable, Alias("rg.audit-entry.v1")]
public sealed record AuditEntry
{
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>The person's name and address, or the token's id.</summary>
    [Id(1)] public required string Who { get; init; }

    /// <summary>A stable name, for instance <c>connection.pause</c>.</summary>
    [Id(2)] public required string Action { get; init; }

    /// <summary>What it was done to: an id, or a name that people gave.</summary>
    [Id(3)] public string? Target { get; init; }

    /// <summary>Network address that the request came from, if it is known.</summary>
    [Id(4)] public string? From { get; init; }

    /// <summary>More in words, for instance the new role.</summary>
    [Id(5)] public string? Detail { get; init; }
}
