using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Api.Hooks;

/// <summary>Tries once more what failed because a silo has died or is leaving: the other silos take its grains over.</summary>
internal static class SiloLoss
{
    /// <summary>Long enough for a gateway that is gone to be known as such.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks, and asks once more if a silo was lost. Only for what may be done twice, since nobody knows how far the first time got.</summary>
    public static async Task<T> AskTwiceAsync<T>(Func<Task<T>> ask, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (IsOne(failure))
        {
            await Task.Delay(Pause, time, cancellationToken);
            return await ask();
        }
    }

    /// <summary>Whether it was the silo's failure. A store that fails will fail elsewhere too.</summary>
    private static bool IsOne(Exception failure) =>
        failure is SiloUnavailableException or OrleansMessageRejectionException or ClientNotAvailableException
        && failure.InnerException is not StorageUnavailableException;
}
