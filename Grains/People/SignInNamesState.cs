using RechargeGrains.Keys;

namespace RechargeGrains.Grains.People;

internal sealed class SignInNamesState
{
    /// <summary>By address in lower case.</summary>
    public Dictionary<string, PersonKey> People { get; set; } = new(StringComparer.Ordinal);
}
