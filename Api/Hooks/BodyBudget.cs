using Microsoft.Extensions.Options;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// Bounds the memory that bodies of webhooks take together, whoever sends them: however many senders send however much at once, the
/// program stays up, and what does not fit is answered 503 and sent again.
/// </summary>
internal sealed class BodyBudget(IOptions<HookOptions> options)
{
    private long _taken;

    /// <summary>Bytes that are in use now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <exception cref="BodyBudgetException">There is no room for them.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= options.Value.MaxBytesAtOnce)
            return;
        Interlocked.Add(ref _taken, -bytes);
        throw new BodyBudgetException();
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
