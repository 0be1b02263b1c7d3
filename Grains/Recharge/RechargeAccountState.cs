using RechargeGrains.Grains.Accounts;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Recharge;

internal sealed class RechargeAccountState
{
    public SealedKey? Key { get; set; }

    /// <summary>Counts the keys that were set.</summary>
    public long KeyVersion { get; set; }

    /// <summary>
    /// The key before the present one, for as long as webhooks that were registered with it may have to be removed: no other key sees them.
    /// </summary>
    public SealedKey? FormerKey { get; set; }

    public DateTimeOffset FormerKeyUntil { get; set; }

    public SealedKey? ClientSecret { get; set; }

    /// <summary>The secret before the present one. Deliveries that were signed with it may still be on their way.</summary>
    public SealedKey? FormerClientSecret { get; set; }

    public DateTimeOffset FormerClientSecretUntil { get; set; }

    public RechargeStore? Store { get; set; }

    public DateTimeOffset? RefusedSince { get; set; }
}
