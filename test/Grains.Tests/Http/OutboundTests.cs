using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RechargeGrains.Accounts;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Ometria;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Tests.Http;

/// <summary>The clients of both services as the product has them, against a server that means them no good.</summary>
public sealed class OutboundTests : IDisposable
{
    private const string Key = "the-key";

    private readonly CallBudget _budget = new(TimeProvider.System, 1_000, 1_000);

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_said_to_be_one(int status)
    {
        await using var elsewhere = await Listener.StartAsync(_ => Task.CompletedTask);
        await using var service = await Listener.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{elsewhere.Url}/collect";
            return Task.CompletedTask;
        });
        await using var clients = ClientsOf(service.Url);

        var recharge = await clients.GetRequiredService<RechargeClient>().CheckAsync(Key, _budget);
        var ometria = await clients.GetRequiredService<OmetriaClient>().CheckAsync(Key, Stopping);
        var (push, _) = await clients.GetRequiredService<OmetriaClient>().PushAsync(Key, ["{}"u8.ToArray()]);

        Assert.Equal((KeyVerdict.Unreachable, KeyVerdict.Unreachable), (recharge.Verdict, ometria.Verdict));
        Assert.StartsWith($"Recharge answered {status}, which leads to another address and is not followed.", recharge.Detail, StringComparison.Ordinal);
        Assert.StartsWith($"Ometria answered {status}, which leads to another address and is not followed.", ometria.Detail, StringComparison.Ordinal);
        Assert.Equal((PushOutcome.Unavailable, status, false), (push.Outcome, push.Status, push.MayHaveArrived));
        Assert.Equal(3, service.Came.Count);
        Assert.Empty(elsewhere.Came);
    }

    [Fact]
    public async Task A_cursor_is_sent_back_as_a_value_whatever_it_looks_like()
    {
        await using var elsewhere = await Listener.StartAsync(_ => Task.CompletedTask);
        var cursor = $"{elsewhere.Url}/webhooks?limit=1&cursor=x#\r\nHost: elsewhere";
        await using var service = await Listener.StartAsync(context => context.Request.Query.ContainsKey("cursor")
            ? context.Response.WriteAsync("""{"webhooks":[]}""")
            : context.Response.WriteAsJsonAsync(new { webhooks = Array.Empty<object>(), next_cursor = cursor }));
        await using var clients = ClientsOf(service.Url);

        await clients.GetRequiredService<RechargeClient>().ListWebhooksAsync(Key, _budget, Stopping);

        var host = new Uri(service.Url).Authority;
        Assert.Equal([$"GET {host}/webhooks?limit=250", $"GET {host}/webhooks?limit=250&cursor={Uri.EscapeDataString(cursor)}"], service.Came);
        Assert.Empty(elsewhere.Came);
    }

    [Fact]
    public async Task A_cursor_that_is_far_too_long_is_no_answer()
    {
        await using var service = await Listener.StartAsync(context =>
            context.Response.WriteAsJsonAsync(new { customers = Array.Empty<object>(), next_cursor = new string('c', 10_000) }));
        await using var clients = ClientsOf(service.Url);

        var failure = await Assert.ThrowsAsync<RechargeCallException>(() => clients.GetRequiredService<RechargeClient>()
            .ReadCustomersAsync(Key, _budget, new PageStart { UpdatedAfter = Given.Start }, CallPriority.Live, Stopping));

        Assert.Equal((RechargeFailure.Unavailable, "Recharge's answer could not be read."), (failure.Failure, failure.Message));
    }

    [Fact]
    public async Task A_list_that_does_not_end_is_given_up()
    {
        var number = 0;
        await using var service = await Listener.StartAsync(context => context.Response.WriteAsJsonAsync(
            new { webhooks = Array.Empty<object>(), next_cursor = Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture) }));
        await using var clients = ClientsOf(service.Url);

        var failure = await Assert.ThrowsAsync<RechargeCallException>(
            () => clients.GetRequiredService<RechargeClient>().ListWebhooksAsync(Key, _budget, Stopping));

        Assert.Equal((RechargeFailure.Unavailable, 100), (failure.Failure, service.Came.Count));
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_read_to_it()
    {
        using var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start();
        await using var clients = ClientsOf($"http://{service.LocalEndpoint}");

        var reading = AssertNeitherReadsItAsync(clients);
        // More than the limit lies in buffers of both sides, and was not read.
        Assert.InRange(await SendEndlesslyAsync(service), RechargeClient.MaxAnswerBytes, 2L * RechargeClient.MaxAnswerBytes);
        Assert.InRange(await SendEndlesslyAsync(service), OmetriaClient.MaxAnswerBytes, RechargeClient.MaxAnswerBytes);
        await reading;
    }

    [Fact]
    public async Task What_is_packed_is_measured_unpacked()
    {
        var packed = Packed(2 * RechargeClient.MaxAnswerBytes);
        Assert.InRange(packed.Length, 1, 200_000);
        await using var service = await Listener.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(packed, context.RequestAborted);
        });
        await using var clients = ClientsOf(service.Url);

        await AssertNeitherReadsItAsync(clients);
    }

    [Fact]
    public async Task An_answer_of_nothing_but_tiny_values_is_not_taken_apart()
    {
        var body = Encoding.UTF8.GetBytes("{\"token_information\":{\"scopes\":[" + string.Join(',', Enumerable.Repeat("{}", WholeBodyHandler.MaxValues + 2)) + "]}}");
        Assert.InRange(body.Length, 1, RechargeClient.MaxAnswerBytes);
        await using var service = await Listener.StartAsync(async context => await context.Response.Body.WriteAsync(body, context.RequestAborted));
        await using var clients = ClientsOf(service.Url);

        await AssertNeitherReadsItAsync(clients);
    }

    [Fact]
    public async Task Headers_beyond_all_measure_are_no_answer()
    {
        await using var service = await Listener.StartAsync(context =>
        {
            context.Response.Headers["X-Large"] = new string('x', 100_000);
            return context.Response.WriteAsync("{}");
        });
        await using var clients = ClientsOf(service.Url);

        await AssertNeitherReadsItAsync(clients);
    }

    [Fact]
    public async Task Calls_go_through_a_proxy_only_if_the_settings_name_it()
    {
        await using var proxy = await Listener.StartAsync(context => context.Response.WriteAsync("{}"));
        await using var clients = ClientsOf("http://recharge.invalid", proxy.Url);

        await clients.GetRequiredService<OmetriaClient>().CheckAsync(Key, Stopping);

        Assert.Equal(["GET recharge.invalid/profiles?limit=1"], proxy.Came);
        using var direct = HttpPipeline.SocketOf(new OutboundOptions());
        Assert.False(direct.UseProxy);
    }

    public void Dispose() => _budget.Dispose();

    private async Task AssertNeitherReadsItAsync(ServiceProvider clients)
    {
        var recharge = await clients.GetRequiredService<RechargeClient>().CheckAsync(Key, _budget);
        var ometria = await clients.GetRequiredService<OmetriaClient>().CheckAsync(Key, Stopping);
        Assert.Equal((KeyVerdict.Unreachable, KeyVerdict.Unreachable), (recharge.Verdict, ometria.Verdict));
    }

    /// <summary>Answers the next caller until it hangs up, and says how much it took.</summary>
    private static async Task<long> SendEndlesslyAsync(TcpListener service)
    {
        using var caller = await service.AcceptSocketAsync(Stopping);
        var sent = 0L;
        try
        {
            await caller.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), Stopping);
            while (true)
                sent += await caller.SendAsync(new byte[64 * 1024], Stopping);
        }
        catch (SocketException)
        {
            return sent;
        }
    }

    private static byte[] Packed(int zeros)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(new byte[zeros]);
        return packed.ToArray();
    }

    private static ServiceProvider ClientsOf(string url, string? proxy = null)
    {
        var settings = new Dictionary<string, string?> { ["Recharge:BaseUrl"] = url, ["Ometria:BaseUrl"] = url, ["Outbound:Proxy"] = proxy };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddRechargeGrains();
        return services.BuildServiceProvider();
    }
}
