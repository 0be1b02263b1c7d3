using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RechargeGrains.Api.Tests.Telemetry;

/// <summary>Takes what a program sends to an OpenTelemetry collector, as it is sent over HTTP.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Everything that came, as it came.</summary>
    public IReadOnlyList<byte[]> Bodies => [.. _bodies];

    public IReadOnlyList<CollectedSpan> Spans => [.. _bodies.SelectMany(CollectedSpan.ReadAll)];

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var app = builder.Build();
        var collector = new Collector(app);
        app.UseRouting();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector._bodies.Enqueue(body.ToArray());
            return TypedResults.Ok();
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>Waits until the spans that came are as wanted.</summary>
    public async Task<IReadOnlyList<CollectedSpan>> WaitForAsync(Func<IReadOnlyList<CollectedSpan>, bool> until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Short);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        IReadOnlyList<CollectedSpan> spans;
        do
        {
            spans = Spans;
            if (until(spans))
                return spans;
        }
        while (await pace.WaitForNextTickAsync(limit.Token));
        return spans;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
