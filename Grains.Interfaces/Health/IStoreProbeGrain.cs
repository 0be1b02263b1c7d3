namespace RechargeGrains.Health;

/// <summary>Finds out whether grains run and can read what is stored. Each silo has its own (key 0).</summary>
[Alias("rg.store-probe")]
public interface IStoreProbeGrain : IGrainWithIntegerKey
{
    /// <summary>Completes when the store has answered, and fails as the store fails.</summary>
    [Alias("check")]
    Task CheckAsync();
}
