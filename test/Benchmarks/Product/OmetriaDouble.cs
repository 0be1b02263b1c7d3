namespace RechargeGrains.Benchmarks.Product;

/// <summary>
/// Takes whatever is pushed and counts it, at the least cost that is possible: what it takes is taken from the product. The sandbox's Ometria
/// looks at each record and is for other questions.
/// </summary>
internal sealed class OmetriaDouble : IAsyncDisposable
{
    private const int IdDigits = 10;

    private static readonly byte[] Record = "\"@type\":\""u8.ToArray();
    private static readonly byte[] Subscription = "\"subscription_id\":\""u8.ToArray();

    private readonly WebApplication _app;
    private long _events;
    private long _contacts;
    private long _pushes;

    private OmetriaDouble(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/ometria/v2";

    /// <summary>Told of each event, with the id of its subscription, before it is answered.</summary>
    public Action<long>? Arrived { get; set; }

    public long Events => Volatile.Read(ref _events);

    public long Contacts => Volatile.Read(ref _contacts);

    public long Pushes => Volatile.Read(ref _pushes);

    public static async Task<OmetriaDouble> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        var app = builder.Build();
        var ometria = new OmetriaDouble(app);
        app.MapPost("/ometria/v2/push", ometria.PushAsync);
        app.MapGet("/ometria/v2/{**path}", () => Results.Text("[]", "application/json"));
        await app.StartAsync(ct);
        return ometria;
    }

    /// <summary>Whether it answers 503 to everything that is pushed.</summary>
    public bool IsDown { get; set; }

    /// <summary>Waits until so many events came.</summary>
    public Task WaitForEventsAsync(long events, TimeSpan timeout, CancellationToken ct) => WaitAsync(() => Events >= events, timeout, ct);

    /// <summary>Waits until so many contacts came.</summary>
    public Task WaitForContactsAsync(long contacts, TimeSpan timeout, CancellationToken ct) => WaitAsync(() => Contacts >= contacts, timeout, ct);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task WaitAsync(Func<bool> until, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        // Often enough for what takes seconds.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!until())
        {
            try
            {
                await pace.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {timeout.TotalSeconds:0} s in vain: {Events} events and {Contacts} contacts came in {Pushes} pushes.");
            }
        }
    }

    private async Task PushAsync(HttpContext http)
    {
        var body = new byte[http.Request.ContentLength ?? 0];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        if (IsDown)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var records = Count(body);
        Interlocked.Increment(ref _pushes);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentType = "application/json";
        var answer = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"status":"OK","request_id":"{{Guid.NewGuid()}}","accepted":{{records}},"rejected":0}"""));
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    private int Count(ReadOnlySpan<byte> body)
    {
        var (records, events) = (0, 0);
        for (var at = body.IndexOf(Record); at >= 0; at = body.IndexOf(Record))
        {
            records++;
            body = body[(at + Record.Length)..];
            if (!body.StartsWith("custom_event"u8))
                continue;
            events++;
            if (Arrived is { } arrived && body.IndexOf(Subscription) is var id and >= 0)
                arrived(long.Parse(body.Slice(id + Subscription.Length, IdDigits), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _contacts, records - events);
        return records;
    }
}
