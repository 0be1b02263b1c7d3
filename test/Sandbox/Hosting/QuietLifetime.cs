namespace RechargeGrains.Sandbox;

/// <summary>Leaves Ctrl+C and signals to the process: a sandbox inside a test or a demo is not its owner.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
