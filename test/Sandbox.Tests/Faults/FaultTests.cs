using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

public sealed class FaultTests : SandboxTest
{
    [Fact]
    public async Task A_status_strikes_as_often_as_asked_and_only_where_asked()
    {
        var host = await StartAsync();
        var rule = host.Faults.Recharge.Next(Fault.Status(503, "down"), times: 2, call => call.Path.EndsWith("/store", StringComparison.Ordinal));

        Assert.Equal(200, (await RefusedAsync(host, "/customers")).Status);
        Assert.Equal((503, "down"), await RefusedAsync(host, "/store"));
        Assert.Equal(503, (await RefusedAsync(host, "/store")).Status);
        Assert.Equal(200, (await RefusedAsync(host, "/store")).Status);
        Assert.Equal(2, rule.Hits);
        await rule.WaitForHitsAsync(2, Patience, Ct);
    }

    [Fact]
    public async Task A_429_comes_with_or_without_retry_after_and_still_shows_the_limit()
    {
        var host = await StartAsync();
        host.Faults.Recharge.Next(Fault.TooManyRequests());
        host.Faults.Recharge.Next(Fault.TooManyRequests(TimeSpan.FromSeconds(7)));

        using var without = await SendAsync(host, HttpMethod.Get, "/store");
        using var with = await SendAsync(host, HttpMethod.Get, "/store");

        Assert.Equal((429, 429), ((int)without.StatusCode, (int)with.StatusCode));
        Assert.Null(without.Headers.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), with.Headers.RetryAfter?.Delta);
        Assert.True(without.Headers.Contains("x-recharge-limit"));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_records_taken()
    {
        var host = await StartAsync();
        host.Faults.Ometria.Next(Fault.ResetAfter);

        await Assert.ThrowsAsync<HttpRequestException>(() => PushAsync(host, new JsonArray(Event("a"))));
        using var again = await PushAsync(host, new JsonArray(Event("a")));

        Assert.Equal(2, host.Ometria.TimesAccepted("a"));
    }

    [Fact]
    public async Task The_log_of_pushes_knows_which_answers_got_out()
    {
        var host = await StartAsync(options => options.OmetriaPushesPerSecond = 100);
        host.Faults.Ometria.Next(Fault.ResetAfter);
        host.Faults.Ometria.Next(Fault.Garbage);

        await Assert.ThrowsAsync<HttpRequestException>(() => PushAsync(host, new JsonArray(Event("a"))));
        using var garbage = await PushAsync(host, new JsonArray(Event("b")));
        using var good = await PushAsync(host, new JsonArray(Event("c")));

        // An answer is there a moment before the server has noted that it is out.
        var pushes = await host.Ometria.WaitForPushesAsync(all => all.Count == 3 && all.All(push => push.Answer != PushAnswer.UnderWay), Patience, Ct);
        Assert.Equal([PushAnswer.Lost, PushAnswer.Lost, PushAnswer.Sent], pushes.Select(push => push.Answer));
    }

    [Fact]
    public async Task A_fault_can_be_ended_alone()
    {
        var host = await StartAsync();
        var ended = host.Faults.Recharge.Always(Fault.Status(500));
        host.Faults.Recharge.Always(Fault.Status(502));

        host.Faults.Recharge.Remove(ended);

        Assert.Equal(502, (await RefusedAsync(host, "/store")).Status);
    }

    [Fact]
    public async Task A_hanging_answer_leaves_the_records_taken()
    {
        var host = await StartAsync();
        host.Faults.Ometria.Next(Fault.HangAfter);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var push = PostAsync();
        await host.Ometria.WaitForEventsAsync(events => events.Count == 1, Patience, Ct);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => push);

        Task<HttpResponseMessage> PostAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, host.OmetriaUrl + "/push") { Content = new StringContent($"[{Event("a").ToJsonString()}]") };
            request.Headers.Add("X-Ometria-Auth", host.Options.OmetriaApiKey);
            return Http.SendAsync(request, patience.Token);
        }
    }

    [Fact]
    public async Task A_truncated_200_breaks_off_and_garbage_is_no_json()
    {
        var host = await StartAsync();
        host.Faults.Recharge.Next(Fault.Truncate);
        await Assert.ThrowsAsync<HttpRequestException>(() => RefusedAsync(host, "/customers"));

        host.Faults.Recharge.Next(Fault.Garbage);
        var (status, body) = await RefusedAsync(host, "/customers");

        Assert.Equal(200, status);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
        Assert.Equal(200, (await RefusedAsync(host, "/customers")).Status);
    }

    [Fact]
    public async Task A_delay_waits_for_the_sandbox_clock()
    {
        var host = await StartAsync();
        var rule = host.Faults.Recharge.Next(Fault.Delay(TimeSpan.FromMinutes(1)));

        var call = RefusedAsync(host, "/store");
        await rule.WaitForHitsAsync(1, Patience, Ct);
        Assert.False(call.IsCompleted);
        host.Clock.Speed = 10_000;

        Assert.Equal(200, (await call).Status);
    }

    [Fact]
    public async Task Requests_can_be_held_at_the_door()
    {
        var host = await StartAsync();
        host.Faults.Ometria.HoldRequests();

        var push = PushAsync(host, new JsonArray(Event("a")));
        await host.Faults.Ometria.WaitForHeldAsync(1, Patience, Ct);
        Assert.Empty(host.Ometria.Events);
        host.Faults.Ometria.ReleaseRequests();

        using var response = await push;
        Assert.Equal(202, (int)response.StatusCode);
    }

    [Fact]
    public async Task Clearing_ends_everything()
    {
        var host = await StartAsync();
        host.Faults.Recharge.Always(Fault.Status(500));
        Assert.Equal(500, (await RefusedAsync(host, "/store")).Status);

        host.Faults.Clear();

        Assert.Equal(200, (await RefusedAsync(host, "/store")).Status);
    }
}
