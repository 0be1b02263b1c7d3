using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Runs a program so that a wrong setting ends it with one line on standard error instead of a stack trace.</summary>
public static class ProgramRunner
{
    /// <summary>How the configuration binder begins when a text is no number, span or truth value; the key follows.</summary>
    private const string WrongType = "Failed to convert configuration value";

    public static async Task<int> RunAsync(Func<Task> program)
    {
        using var stopped = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => stopped.Cancel());
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => stopped.Cancel());
        try
        {
            await program();
            return 0;
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Told to end before it was up, for instance while it waited for a silo.
            return 0;
        }
        catch (Exception failure) when (Explain(failure) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    private static string? Explain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is SettingsException or StorageStartException)
                return failure.Message;
            if (failure is OptionsValidationException options)
                return string.Join(" ", options.Failures);
            if (failure is AggregateException { InnerExceptions: var several })
                return several.Select(Explain).FirstOrDefault(line => line is not null);
            // Of the silo's ports first: its exception is an IOException too, and does not say which.
            if (failure is AddressInUseException { InnerException: SocketException })
                return "Cluster:SiloPort or Cluster:GatewayPort is in use by another program; expected are two ports that are free.";
            if (failure is FormatException && failure.Message.StartsWith("Invalid url", StringComparison.OrdinalIgnoreCase))
                return $"ASPNETCORE_URLS: {failure.Message} Expected is for instance http://localhost:5080.";
            if (failure is IOException && failure.Message.Contains("address", StringComparison.OrdinalIgnoreCase))
                return $"ASPNETCORE_URLS: {failure.Message} Expected is an address that is free.";
            if (failure is InvalidOperationException && failure.Message.StartsWith(WrongType, StringComparison.Ordinal))
                return $"{failure.Message.ReplaceLineEndings(" ")} Expected is a value of that type.";
        }

        return null;
    }
}
