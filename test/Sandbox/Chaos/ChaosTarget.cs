namespace RechargeGrains.Sandbox;

/// <summary>The product of a chaotic run, and what can be done to it.</summary>
internal abstract class ChaosTarget(SandboxHost sandbox, ChaosOptions options, ChaosProgress progress) : IAsyncDisposable
{
    /// <summary>What the sandbox may still take from a product that is dead already; a new one needs longer to start.</summary>
    protected static readonly TimeSpan OnTheWire = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan PushLimit = TimeSpan.FromSeconds(5);

    /// <summary>Where webhooks and everybody else come in.</summary>
    public abstract Uri Address { get; }

    public abstract string OperatorToken { get; }

    protected SandboxHost Sandbox => sandbox;

    protected ChaosProgress Progress => progress;

    protected Random Random { get; } = new(options.Seed + 3);

    protected DateTimeOffset Now => sandbox.Clock.GetUtcNow();

    /// <summary>Everything that is to be done to it in the run, in no order.</summary>
    public abstract IEnumerable<ProductHarm> Harms(ChaosOptions options);

    /// <summary>Does it and waits until the product is as it was.</summary>
    public abstract Task DoAsync(ProductHarm harm, CancellationToken ct);

    /// <summary>Ends it in good order.</summary>
    public abstract Task StopAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Names the trouble while it lasts.</summary>
    protected async Task DuringAsync(string trouble, Func<Task> work)
    {
        progress.Trouble = trouble;
        await work();
        progress.Trouble = "";
    }

    protected Task WaitAsync(TimeSpan span, CancellationToken ct) => Task.Delay(span, sandbox.Clock, ct);

    /// <summary>Waits until Ometria has accepted a push whose answer will not come, if there is one.</summary>
    protected async Task SwallowAnswerAsync(CancellationToken ct)
    {
        var lost = sandbox.Faults.Ometria.Next(Fault.HangAfter, where: call => call.Path.EndsWith("/push", StringComparison.Ordinal));
        try
        {
            await lost.WaitForHitsAsync(1, PushLimit, ct);
        }
        catch (TimeoutException)
        {
            // Nothing was to be pushed, so what comes next is a kill like any other.
        }

        sandbox.Faults.Ometria.Remove(lost);
    }
}
