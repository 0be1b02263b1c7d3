using System.Threading.RateLimiting;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// Asks a grain once more where a silo was lost on the way: its grains are taken over by others. A call that a dying silo took with it comes to no end at all, so
/// what hangs is asked once more too. Only for what may be done twice, since nobody knows how far the first time got.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="pause">How long a gateway that is gone takes to be known as such.</param>
/// <param name="hangs">How long a call takes only when something is wrong.</param>
internal sealed class SecondAsk(TimeProvider time, TimeSpan pause, TimeSpan hangs) : IDisposable
{
    /// <summary>Second asks for what hangs, a second. When everything is slow they would make it slower.</summary>
    internal const int MostASecond = 10;

    private readonly TokenBucketRateLimiter _budget = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 5 * MostASecond,
        TokensPerPeriod = MostASecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });

    /// <exception cref="TimeoutException">There was no answer within the limit.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Who has waited in line for too long has nobody left to answer.
        if (limit <= TimeSpan.Zero)
            throw new TimeoutException("There was no time left to ask.");
        var begun = time.GetTimestamp();
        var first = ask();
        try
        {
            return await first.WaitAsync(limit < hangs ? limit : hangs, time, cancellationToken);
        }
        catch (Exception failure) when (IsLostSilo(failure))
        {
            await Task.Delay(pause, time, cancellationToken);
            return await ask().WaitAsync(Left(), time, cancellationToken);
        }
        catch (TimeoutException) when (!first.IsCompleted && Left() > TimeSpan.Zero)
        {
            using var lease = _budget.AttemptAcquire();
            var answer = lease.IsAcquired ? await Task.WhenAny(first, ask()).WaitAsync(Left(), time, cancellationToken) : first;
            return await answer.WaitAsync(Left(), time, cancellationToken);
        }

        TimeSpan Left()
        {
            var left = limit - time.GetElapsedTime(begun);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Dispose() => _budget.Dispose();

    /// <summary>Whether it was the silo's failure. A store that fails will fail elsewhere too.</summary>
    private static bool IsLostSilo(Exception failure) =>
        failure is SiloUnavailableException or OrleansMessageRejectionException or ClientNotAvailableException
        && failure.InnerException is not StorageUnavailableException;
}
