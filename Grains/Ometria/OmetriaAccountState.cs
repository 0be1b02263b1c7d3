using RechargeGrains.Grains.Accounts;

namespace RechargeGrains.Grains.Ometria;

internal sealed class OmetriaAccountState
{
    public SealedKey? Key { get; set; }

    public bool Verified { get; set; }

    public DateTimeOffset? RefusedSince { get; set; }

    /// <summary>Timestamps that were given out, counted by event type and slot.</summary>
    public Dictionary<string, Dictionary<long, int>> Slots { get; set; } = [];
}
