namespace RechargeGrains.Api.Connections;

internal sealed class ConnectionRequest
{
    public string? OmetriaAccountId { get; set; }

    public string? RechargeAccountId { get; set; }

    /// <summary>ISO 8601; without an offset UTC. Customers changed at Recharge after it are read by the first import.</summary>
    public string? CustomersStartDate { get; set; }

    /// <summary>Names of events; all that are enabled if not given.</summary>
    public IReadOnlyList<string?>? CustomEvents { get; set; }

    public int? UpcomingChargeDays { get; set; }

    /// <summary><c>restamp</c>, <c>send</c> or <c>skip</c>.</summary>
    public string? LateEvents { get; set; }

    /// <summary>Other names for events at Ometria, by their own.</summary>
    public IReadOnlyDictionary<string, string?>? EventTypes { get; set; }
}
