using System.Diagnostics;

namespace RechargeGrains.Benchmarks.Load;

/// <summary>
/// Webhooks of many retailers in turn, over a number of connections that each send the next one when the last is answered. Customers come
/// round again and again; each webhook is about a new subscription.
/// </summary>
internal sealed class WebhookLoad(IReadOnlyList<Hook> hooks, long customers, long firstCustomer = 2_000_000_000, long firstId = 1_000_000_000)
{
    private long _next;

    /// <summary>Id of the first subscription, which the others follow.</summary>
    public long FirstId => firstId;

    /// <summary>Called just before a webhook is sent, with the id of its subscription.</summary>
    public Action<long>? Sending { get; set; }

    /// <summary>So many webhooks were sent so far.</summary>
    public long Sent => Volatile.Read(ref _next);

    /// <summary>Sends for so long.</summary>
    public Task<LoadResult> RunForAsync(int connections, TimeSpan time, CancellationToken ct)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        return RunAsync(connections, () => Stopwatch.GetTimestamp() < end, ct);
    }

    /// <summary>Sends so many.</summary>
    public Task<LoadResult> RunAsync(int connections, long webhooks, CancellationToken ct)
    {
        var left = webhooks;
        return RunAsync(connections, () => Interlocked.Decrement(ref left) >= 0, ct);
    }

    private async Task<LoadResult> RunAsync(int connections, Func<bool> goesOn, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var senders = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(goesOn, ct), ct)));
        return new LoadResult(senders.SelectMany(sender => sender.Ticks), Stopwatch.GetElapsedTime(began), senders.Sum(sender => sender.Failed));
    }

    private async Task<(List<long> Ticks, long Failed)> SendAsync(Func<bool> goesOn, CancellationToken ct)
    {
        var requests = hooks.Select(hook => new WebhookRequest(hook.Address, hook.Secret)).ToList();
        using var connection = new LoadConnection(hooks[0].Address);
        var ticks = new List<long>(100_000);
        var failed = 0L;
        while (goesOn())
        {
            var number = Interlocked.Increment(ref _next) - 1;
            var customer = number % customers;
            var request = requests[(int)(customer % requests.Count)].Next(firstId + number, firstCustomer + customer, DateTimeOffset.UtcNow);
            Sending?.Invoke(firstId + number);
            var began = Stopwatch.GetTimestamp();
            var status = await connection.SendAsync(request, ct);
            if (status == 200)
                ticks.Add(Stopwatch.GetElapsedTime(began).Ticks);
            else
                failed++;
        }

        return (ticks, failed);
    }
}
