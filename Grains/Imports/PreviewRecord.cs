namespace RechargeGrains.Grains.Imports;

internal sealed class PreviewRecord
{
    /// <summary>The last preview, finished or not.</summary>
    public PreviewRun? Run { get; set; }
}
