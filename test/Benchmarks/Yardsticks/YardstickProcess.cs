using System.Diagnostics;
using RechargeGrains.Benchmarks.Load;

namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>A running yardstick.</summary>
internal sealed class YardstickProcess : IAsyncDisposable
{
    private const string Secret = "yardstick_client_secret";

    private readonly Process _process;

    private YardstickProcess(Process process, Hook hook)
    {
        _process = process;
        Hook = hook;
    }

    public Hook Hook { get; }

    public static async Task<YardstickProcess> StartAsync(string kind, string connectionString, CancellationToken ct)
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var info = new ProcessStartInfo("dotnet", [typeof(YardstickProcess).Assembly.Location, YardstickProgram.Command, kind, url, Secret, connectionString])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(info) ?? throw new InvalidOperationException("The yardstick could not be started.");
        while (await process.StandardOutput.ReadLineAsync(ct) != "ready")
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The yardstick '{kind}' ended with {process.ExitCode}.");
        }

        return new YardstickProcess(process, new Hook(new Uri($"{url}/hooks/recharge/key/subscription/created"), Secret));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
