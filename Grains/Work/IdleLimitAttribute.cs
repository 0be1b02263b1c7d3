using Orleans.Metadata;

namespace RechargeGrains.Grains.Work;

/// <summary>How long a grain stays in memory that nobody calls. Orleans' own attribute knows whole minutes, and its default is fifteen of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class IdleLimitAttribute(int seconds) : Attribute, IGrainPropertiesProviderAttribute
{
    /// <summary>How often it is looked for those who are idle; no limit may be shorter.</summary>
    public static readonly TimeSpan Quantum = TimeSpan.FromSeconds(15);

    public void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainTypeProperties.IdleDeactivationPeriod] = TimeSpan.FromSeconds(seconds).ToString("c");
}
