using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// The first part of a stop: <c>/health/ready</c> says 503 already and everything else goes on, for as long as a load balancer takes to notice. Then
/// nothing new is taken, and what is under way ends.
/// </summary>
public sealed class Drain : IHostedLifecycleService, IDisposable
{
    private const string Key = "Hosting:DrainFor";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _span;

    internal Drain(TimeSpan span, TimeProvider time)
    {
        _span = span;
        _time = time;
    }

    /// <summary>Cancelled when nothing new is taken any more.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>How long it lasts: not at all where the program runs alone and nobody else could take over, unless it is said.</summary>
    /// <exception cref="SettingsException">The setting is no span, or too long.</exception>
    internal static TimeSpan SpanOf(IConfiguration configuration, bool isAlone)
    {
        if (string.IsNullOrWhiteSpace(configuration[Key]))
            return isAlone ? TimeSpan.Zero : TimeSpan.FromSeconds(5);
        return TimeSpan.TryParse(configuration[Key], System.Globalization.CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span <= Longest
            ? span
            : throw new SettingsException($"{Key} is '{configuration[Key]}'; expected is a span from 00:00:00 to 00:01:00.");
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_span, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The stop has taken too long already.
        }

        await _over.CancelAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _over.Dispose();
}
