using System.Diagnostics;
using System.Net;
using System.Reflection;

namespace RechargeGrains.Sandbox;

/// <summary>
/// The product as a process of its own, as an operator runs it: the built program, an embedded silo, an embedded store. It can be
/// killed without warning and started again on what it left behind.
/// </summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private const string PathKey = "ProductPath";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ProductWords _words = new();
    private readonly Task _logging;

    private ProductProcess(ProductSettings settings, Process process)
    {
        Settings = settings;
        _process = process;
        _logging = LogAsync();
    }

    public ProductSettings Settings { get; }

    public Uri Address => new(Settings.Url);

    public bool HasExited => _process.HasExited;

    /// <summary>Memory that the process holds at the moment.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time that the process has taken since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Everything that the product wrote, over all starts in the same folder.</summary>
    public string LogFile => Path.Combine(Settings.Folder, "product.log");

    /// <summary>Starts the product and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it wrote last.</exception>
    public static async Task<ProductProcess> StartAsync(ProductSettings settings, CancellationToken cancellationToken = default)
    {
        var process = Process.Start(InfoOf(settings)) ?? throw new InvalidOperationException("The product could not be started.");
        var product = new ProductProcess(settings, process);
        try
        {
            await product.WaitUntilReadyAsync(cancellationToken);
            return product;
        }
        catch
        {
            await product.KillAsync();
            throw;
        }
    }

    /// <summary>Runs the product until it ends by itself, for settings that it refuses.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunToEndAsync(ProductSettings settings, CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(InfoOf(settings)) ?? throw new InvalidOperationException("The product could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(StartLimit, cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        return (process.ExitCode, await output, await error);
    }

    /// <summary>Waits for a line on standard error that has this in it.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public Task<string> WaitForWordsAsync(string part, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _words.WaitForAsync(part, timeout, cancellationToken);

    /// <summary>Ends the process as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _logging;
    }

    /// <summary>Stops the process where it stands (SIGSTOP): to itself it looks as if the clock had jumped when it goes on.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets a frozen process go on (SIGCONT).</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>Ends the process in good order (SIGTERM) and answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("-TERM");
        await _process.WaitForExitAsync().WaitAsync(StopLimit);
        await _logging;
        return _process.ExitCode;
    }

    /// <summary>Waits for it to end by itself; false if it goes on.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(timeout, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static ProcessStartInfo InfoOf(ProductSettings settings)
    {
        Directory.CreateDirectory(settings.Folder);
        var folder = typeof(ProductProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == PathKey).Value!;
        var info = new ProcessStartInfo("dotnet", [Path.GetFullPath(settings.Program, folder)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings.Folder,
        };
        var environment = info.Environment;
        environment["DOTNET_ENVIRONMENT"] = "Development";
        environment.Remove("ASPNETCORE_ENVIRONMENT");
        environment["ASPNETCORE_URLS"] = settings.Url;
        environment["Operator__BootstrapToken"] = settings.OperatorToken;
        environment["Storage__ConnectionString"] = $"Data Source={settings.DatabaseFile}";
        environment["Recharge__BaseUrl"] = settings.RechargeUrl;
        environment["Ometria__BaseUrl"] = settings.OmetriaUrl;
        environment["Cluster__SiloPort"] = settings.SiloPort.ToString(CultureInfo.InvariantCulture);
        environment["Cluster__GatewayPort"] = settings.GatewayPort.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings.Environment)
            environment[name] = value;
        return info;
    }

    private async Task LogAsync()
    {
        await using var log = new StreamWriter(LogFile, append: true);
        var writing = new Lock();
        await Task.WhenAll(CopyAsync(_process.StandardOutput, null), CopyAsync(_process.StandardError, _words));

        async Task CopyAsync(StreamReader reader, ProductWords? words)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (writing)
                {
                    log.WriteLine(line);
                    log.Flush();
                }

                words?.Add(line);
            }
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pace.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                await _logging;
                throw new InvalidOperationException($"The product ended with {_process.ExitCode}: {string.Join('\n', File.ReadLines(LogFile).TakeLast(20))}");
            }

            try
            {
                using var answer = await http.GetAsync("/health/ready", limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }
}
