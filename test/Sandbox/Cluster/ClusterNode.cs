namespace RechargeGrains.Sandbox;

/// <summary>One program of a cluster, a silo or an Api, over all its lives.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private ClusterNode(ProductProcess process) => Process = process;

    /// <summary>The life it is in, or was in last.</summary>
    public ProductProcess Process { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ClusterNode> StartAsync(ProductSettings settings, CancellationToken ct = default) =>
        new(await ProductProcess.StartAsync(settings, ct));

    /// <summary>Ends it as a power cut would.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>Starts it again after its end and waits until it is ready.</summary>
    public async Task StartAgainAsync(CancellationToken ct = default)
    {
        var before = Process;
        Process = await ProductProcess.StartAsync(before.Settings, ct);
        await before.DisposeAsync();
    }

    /// <summary>Ends it in good order and starts it again, as an upgrade does. Answers the exit code.</summary>
    /// <param name="program">The program of another version; null for the same.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<int> RestartAsync(string? program = null, CancellationToken ct = default)
    {
        var exitCode = await Process.StopAsync();
        Process.Settings.Program = program ?? Process.Settings.Program;
        await StartAgainAsync(ct);
        return exitCode;
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
