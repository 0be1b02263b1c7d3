using RechargeGrains.Connections;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Pages.Staff;

/// <summary>How one connection of any tenant fares.</summary>
public sealed record ConnectionHealth
{
    /// <summary>Tenant and connection.</summary>
    public required ConnectionKey Key { get; init; }

    /// <summary>The tenant's name.</summary>
    public required string Tenant { get; init; }

    /// <summary>Null while it could not be read.</summary>
    public required string? Store { get; init; }

    /// <summary>What it is called.</summary>
    public string Name => Store ?? "Recharge";

    /// <summary>As last known; null for one that has never answered.</summary>
    public ConnectionStatus? Status { get; init; }

    /// <summary>Whether it answered when it was asked the last time.</summary>
    public required bool Answers { get; init; }

    /// <summary>Of its page.</summary>
    public string Path => $"/t/{Key.TenantId}/connections/{Key.ConnectionId}";
}
