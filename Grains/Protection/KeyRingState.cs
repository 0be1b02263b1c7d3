namespace RechargeGrains.Grains.Protection;

internal sealed class KeyRingState
{
    public Dictionary<string, string> Elements { get; set; } = new(StringComparer.Ordinal);
}
