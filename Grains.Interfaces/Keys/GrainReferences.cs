namespace RechargeGrains.Keys;

/// <summary>References to grains that are called for each webhook.</summary>
public static class GrainReferences
{
    /// <summary>
    /// The same as <see cref="IGrainFactory.GetGrain{TGrainInterface}(string, string)"/>. That one works out anew each time how the interface is called and
    /// which kind of grain implements it, by attributes and names, which took 4 % of all that was done for a webhook.
    /// </summary>
    public static TGrain GetKnown<TGrain>(this IGrainFactory grains, string key)
        where TGrain : class, IGrainWithStringKey
    {
        if (Known<TGrain>.Names is { } names)
            return (TGrain)grains.GetGrain(GrainId.Create(names.Grain, key), names.Interface);
        var first = grains.GetGrain<TGrain>(key);
        if (first is GrainReference reference)
            Known<TGrain>.Names = new Names(reference.GrainId.Type, reference.InterfaceType);
        return first;
    }

    private sealed record Names(GrainType Grain, GrainInterfaceType Interface);

    private static class Known<TGrain>
    {
        /// <summary>The same in every silo and client: they are names of types of this program.</summary>
        public static volatile Names? Names;
    }
}
