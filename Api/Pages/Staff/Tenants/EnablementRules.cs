using RechargeGrains.Connections;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Staff.Tenants;

/// <summary>What staff switch on, when several do so at once. Pure.</summary>
internal static class EnablementRules
{
    /// <summary>Whether the same is on; the order of the events does not matter.</summary>
    public static bool AreSame(Enablement one, Enablement other) =>
        one.Recharge == other.Recharge && one.CustomEvents.ToHashSet().SetEquals(other.CustomEvents);

    /// <summary>Why it must not be saved: somebody else has saved something else since it was shown. Null if nobody has.</summary>
    public static TenantError? RefusalOf(Enablement shown, Enablement kept) => AreSame(shown, kept)
        ? null
        : new TenantError("changed_meanwhile", "Somebody else changed this meanwhile, so nothing was saved. You see what they saved; change it again if it is not right.");
}
