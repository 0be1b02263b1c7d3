namespace RechargeGrains.StorageCrash;

/// <summary>What the process that is killed keeps writing.</summary>
public sealed class CrashRecord
{
    public const string Grain = "crash/1";

    public int Round { get; set; }

    public string Filling { get; set; } = "";
}
