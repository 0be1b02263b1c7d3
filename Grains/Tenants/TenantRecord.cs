using RechargeGrains.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tenants;

/// <summary>Everything kept of a tenant itself. Keys are with the accounts, states with the connections.</summary>
internal sealed class TenantRecord
{
    public string? Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public Enablement Enablement { get; set; } = Enablement.None;

    public List<TokenRecord> Tokens { get; set; } = [];

    public List<AccountRecord> Accounts { get; set; } = [];

    public List<ConnectionRecord> Connections { get; set; } = [];

    /// <summary>The schedule that the reminders were registered for.</summary>
    public string? RemindersFor { get; set; }

    /// <summary>A token, by the hash of its secret alone: 256 random bits need no slow hash.</summary>
    internal sealed record TokenRecord(string TokenId, string Name, Role Role, string SecretHash, DateTimeOffset CreatedAt);

    internal sealed record AccountRecord(string AccountId, AccountKind Kind, string Name, DateTimeOffset CreatedAt);

    internal sealed record ConnectionRecord(string ConnectionId, string OmetriaAccountId, string RechargeAccountId);
}
