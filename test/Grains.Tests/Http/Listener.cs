using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace RechargeGrains.Grains.Tests.Http;

/// <summary>A server at a real port that answers what a test wants, and notes who came.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Listener(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>The requests, as their first lines name them, in the order they came.</summary>
    public ConcurrentQueue<string> Came { get; } = [];

    public static async Task<Listener> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new Listener(app);
        app.Run(context =>
        {
            listener.Came.Enqueue($"{context.Request.Method} {context.Request.Host}{context.Request.Path}{context.Request.QueryString}");
            return answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        using (var now = new CancellationTokenSource(TimeSpan.Zero))
            await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
