namespace RechargeGrains.Sandbox;

/// <summary>The two versions that Recharge serves side by side, chosen by header on each call.</summary>
public static class ApiVersions
{
    public const string Base = "2021-01";

    public const string Newest = "2021-11";

    internal static bool IsKnown(string? version) => version is Base or Newest;
}
