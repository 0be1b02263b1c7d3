using System.Diagnostics;
using System.Net.Http.Headers;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Sends webhooks of one retailer at a rate that does not depend on the answers, each of a new customer. Signed as Recharge does.
/// </summary>
internal sealed class WebhookSource(string address, string clientSecret, long firstId) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 512, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private long _id = firstId;

    /// <summary>Sends so many webhooks a second until the token is cancelled or so many were sent, and waits for their answers.</summary>
    public async Task SendAsync(double perSecond, long most, Latencies latencies, CancellationToken until)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = new List<Task>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            while (sent.Count < most && await pace.WaitForNextTickAsync(until))
            {
                var due = Math.Min(most, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
                while (sent.Count < due)
                    sent.Add(SendOneAsync(latencies));
            }
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // The time is over; what is under way is still answered.
        }

        await Task.WhenAll(sent);
    }

    /// <summary>Sends so many webhooks, each sender the next one when the last is answered.</summary>
    public Task SendInTurnAsync(int senders, long most, Latencies latencies, CancellationToken ct)
    {
        var left = most;
        return Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                ct.ThrowIfCancellationRequested();
                await SendOneAsync(latencies);
            }
        }));
    }

    public void Dispose() => _http.Dispose();

    private async Task SendOneAsync(Latencies latencies)
    {
        await Task.Yield();
        var body = Body(Interlocked.Increment(ref _id));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.HeaderValue(clientSecret, DateTimeOffset.UtcNow, body));
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _http.SendAsync(request);
            latencies.Add(Stopwatch.GetElapsedTime(started), (int)answer.StatusCode);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            latencies.Add(Stopwatch.GetElapsedTime(started), 0);
        }
    }

    private static byte[] Body(long id)
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var customer = id + 50_000_000;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            subscription = new
            {
                id,
                customer_id = customer,
                address_id = id + 60_000_000,
                status = "active",
                product_title = "Morning blend",
                price = "12.50",
                quantity = 1,
                order_interval_frequency = 30,
                order_interval_unit = "day",
                created_at = now,
                updated_at = now,
            },
            customer = new { id = customer, email = $"c{id}@example.test", updated_at = now, subscriptions_active_count = 1, subscriptions_total_count = 1 },
        });
    }
}
