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
            if (failure is IOException && failure.Message.Contains("address", StringComparison.OrdinalIgnoreCase))
                return failure.Message;
        }

        return null;
    }
}
