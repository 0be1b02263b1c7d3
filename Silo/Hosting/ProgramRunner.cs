using System.Net.Sockets;
using Microsoft.Extensions.Options;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Runs a program so that a wrong setting ends it with one line on standard error instead of a stack trace.</summary>
public static class ProgramRunner
{
    public static async Task<int> RunAsync(Func<Task> program)
    {
        try
        {
            await program();
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
            // The configuration binder's own words, which name the key and the type.
            if (failure is InvalidOperationException && failure.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
                return $"{failure.Message.ReplaceLineEndings(" ")} Expected is a value of that type.";
            if (failure is FormatException && failure.Message.StartsWith("Invalid url", StringComparison.OrdinalIgnoreCase))
                return $"ASPNETCORE_URLS: {failure.Message} Expected is for instance http://localhost:5080.";
            if (failure is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                return "A port is in use by another program; expected are free ports in ASPNETCORE_URLS, Cluster:SiloPort and Cluster:GatewayPort.";
            if (failure is IOException && failure.Message.Contains("address", StringComparison.OrdinalIgnoreCase))
                return failure.Message;
        }

        return null;
    }
}
