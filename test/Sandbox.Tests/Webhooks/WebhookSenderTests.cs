using System.Text.Json;

namespace RechargeGrains.Sandbox.Tests;

public sealed class WebhookSenderTests : SandboxTest
{
    [Fact]
    public async Task A_delivery_carries_both_signatures_of_its_exact_bytes()
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created", included: "customer");

        var subscription = host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);

        var (headers, body) = Assert.Single(receiver.Received);
        Assert.Equal(WebhookSignature.HeaderValue(host.Options.ClientSecret, Start, body), headers[WebhookSignature.SignatureHeader]);
        Assert.Equal(Start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), headers[WebhookSignature.TimestampHeader]);
        Assert.Equal(WebhookSignature.Legacy(host.Options.ClientSecret, body), headers[WebhookSignature.LegacyHeader]);
        Assert.Equal("subscription/created", headers[WebhookSignature.TopicHeader]);
        Assert.Equal(host.Options.StoreDomain, headers[WebhookSignature.DomainHeader]);
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal(subscription.Id, json.GetProperty("subscription").GetProperty("id").GetInt64());
        Assert.False(json.GetProperty("subscription").TryGetProperty("email", out _));
        Assert.Equal(customer.Email, json.GetProperty("customer").GetProperty("email").GetString());
    }

    [Fact]
    public async Task The_customer_can_come_inside_the_resource_instead()
    {
        var (host, receiver, customer) = await StartListeningAsync(
            "subscription/created", options => options.WebhookIncludesInsideResource = true, "customer");

        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);

        var json = JsonDocument.Parse(receiver.Received.Single().Body).RootElement;
        Assert.False(json.TryGetProperty("customer", out _));
        Assert.True(json.GetProperty("subscription").GetProperty("include").TryGetProperty("customer", out _));
    }

    [Fact]
    public async Task Counts_and_moments_remain_when_deliveries_are_forgotten()
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created", options => options.KeepsDeliveries = false);
        var answers = new Queue<int>([503, 200, 200, 404]);
        receiver.Answer = _ => Task.FromResult(answers.Dequeue());

        var first = host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Equal(new WebhookTally(Made: 1, Delivered: 0, Refused: 0, Forsaken: 0, Attempts: 1), host.Webhooks.Tally);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Webhooks.WaitForTallyAsync(tally => tally.Pending == 0, Patience, Ct);
        var second = host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.WaitForTallyAsync(tally => tally.Pending == 0, Patience, Ct);
        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.WaitForTallyAsync(tally => tally.Pending == 0, Patience, Ct);

        Assert.Equal((2, 1, 4), (host.Webhooks.Tally.Delivered, host.Webhooks.Tally.Refused, host.Webhooks.Tally.Attempts));
        Assert.Empty(host.Webhooks.Deliveries);
        Assert.True(MomentOf(first).Answered < MomentOf(second).Raised);

        WebhookMoment MomentOf(Subscription subscription) =>
            host.Webhooks.Moments.Of(new WebhookFact("subscription/created", subscription.Id, subscription.UpdatedAt))!.Value;
    }

    [Fact]
    public async Task After_20_failures_in_48_hours_the_registration_is_deleted()
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created");
        receiver.Answer = _ => Task.FromResult(500);

        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);
        host.Clock.Advance(TimeSpan.FromHours(47));
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Equal(19, receiver.Received.Count);
        Assert.Single(host.Webhooks.Registrations);

        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Webhooks.DrainAsync(Patience, Ct);

        Assert.Equal(20, receiver.Received.Count);
        Assert.Equal(WebhookState.GivenUp, host.Webhooks.Deliveries.Single().State);
        Assert.Empty(host.Webhooks.Registrations);
        Assert.Equal(0, (await GetAsync(host, "/webhooks")).GetProperty("webhooks").GetArrayLength());
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_failure_is_tried_again_with_a_new_signature(int status)
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created");
        receiver.Answer = _ => Task.FromResult(receiver.Received.Count == 1 ? status : 200);

        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Equal(WebhookState.Retrying, host.Webhooks.Deliveries.Single().State);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Webhooks.DrainAsync(Patience, Ct);

        var delivery = host.Webhooks.Deliveries.Single();
        Assert.Equal((WebhookState.Delivered, 2, 200), (delivery.State, delivery.Attempts.Count, delivery.Status));
        var (first, second) = (receiver.Received.First(), receiver.Received.Last());
        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first.Headers[WebhookSignature.SignatureHeader], second.Headers[WebhookSignature.SignatureHeader]);
    }

    [Theory]
    [InlineData(false, WebhookState.Delivered)]
    [InlineData(true, WebhookState.Retrying)]
    public async Task A_4xx_counts_as_delivered_unless_the_older_rule_is_chosen(bool older, WebhookState expected)
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created", options => options.WebhookFailsOnAnyNon2xx = older);
        receiver.Answer = _ => Task.FromResult(401);

        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);

        Assert.Equal(expected, host.Webhooks.Deliveries.Single().State);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_failure()
    {
        var (host, receiver, customer) = await StartListeningAsync(
            "subscription/created", options => options.WebhookTimeout = TimeSpan.FromMilliseconds(50));
        receiver.Answer = async http =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
            return 200;
        };

        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);

        var attempt = Assert.Single(host.Webhooks.Deliveries.Single().Attempts);
        Assert.Equal((null, "no answer in time"), (attempt.Status, attempt.Error));
    }

    [Fact]
    public async Task Messages_can_be_held_lost_doubled_and_reversed()
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created", options => options.WebhookConcurrency = 1);

        host.Webhooks.Hold();
        var held = host.Store.CreateSubscription(customer.Id).Id;
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Empty(receiver.Received);
        host.Webhooks.Release();
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Equal([held], Ids(receiver));

        receiver.Received.Clear();
        host.Faults.Webhooks.LoseEvery = 1;
        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Empty(receiver.Received);
        Assert.Equal(WebhookState.Lost, host.Webhooks.Deliveries[^1].State);

        host.Faults.Webhooks.Clear();
        host.Faults.Webhooks.DuplicateEvery = 1;
        var twice = host.Store.CreateSubscription(customer.Id).Id;
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Equal([twice, twice], Ids(receiver));

        receiver.Received.Clear();
        host.Faults.Webhooks.Clear();
        host.Faults.Webhooks.ReverseEvery = 3;
        long[] ids = [.. Enumerable.Range(0, 3).Select(_ => host.Store.CreateSubscription(customer.Id).Id)];
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Equal(ids.Reverse(), Ids(receiver));
    }

    [Fact]
    public async Task A_delayed_message_waits_for_the_sandbox_clock()
    {
        var (host, receiver, customer) = await StartListeningAsync("subscription/created");
        host.Faults.Webhooks.Delay = TimeSpan.FromMinutes(10);

        host.Store.CreateSubscription(customer.Id);
        await host.Webhooks.DrainAsync(Patience, Ct);
        Assert.Empty(receiver.Received);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.Webhooks.DrainAsync(Patience, Ct);

        Assert.Single(receiver.Received);
    }

    private static IEnumerable<long> Ids(Receiver receiver) => receiver.Received.Select(message =>
        JsonDocument.Parse(message.Body).RootElement.GetProperty("subscription").GetProperty("id").GetInt64());

    private async Task<(SandboxHost Host, Receiver Receiver, Customer Customer)> StartListeningAsync(
        string topic, Action<SandboxOptions>? configure = null, params string[] included)
    {
        var host = await StartAsync(configure);
        var receiver = await StartReceiverAsync();
        using var registered = await RegisterAsync(host, topic, receiver.Url, included);
        Assert.Equal(201, (int)registered.StatusCode);
        return (host, receiver, host.Store.AddCustomer("zoe@example.test", "Zoë"));
    }
}
