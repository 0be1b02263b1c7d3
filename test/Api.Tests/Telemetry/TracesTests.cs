namespace RechargeGrains.Api.Tests.Telemetry;

/// <summary>What the running program sends to a collector.</summary>
public sealed class TracesTests(TracesTests.Fixture fixture) : IClassFixture<TracesTests.Fixture>
{
    private const string Webhook = "POST /hooks/recharge/{hookKey}/{resource}/{action}";

    private Collector Collector => fixture.Collector;

    [Fact]
    public async Task A_webhook_is_one_trace_up_to_ometrias_answer()
    {
        var connection = await fixture.AddConnectionAsync();
        var trace = await PostTracedAsync(connection, HookBody.NewId());

        var spans = await Collector.WaitForAsync(all => all.Any(span => IsPartOf(span, trace)) && all.Any(span => IsPushOf(span, trace)));

        var own = spans.Where(span => span.TraceId == trace).ToList();
        Assert.Equal(Webhook, Assert.Single(own, span => span.ParentId.Length == 0).Name);
        Assert.All(own.Where(span => span.ParentId.Length > 0), span => Assert.Contains(own, parent => parent.SpanId == span.ParentId));
        Assert.Contains(own, span => span.Name.Contains("ICustomerGrain", StringComparison.Ordinal));
        Assert.Contains(own, span => span.Name.Contains("IOutboxGrain", StringComparison.Ordinal));
        var part = own.Single(span => IsPartOf(span, trace));
        Assert.Equal(("accepted", "subscription_created"), (part.Tags["recharge.outcome"], part.Tags["recharge.event"]));

        // The push is a trace of its own, and both point to each other.
        var push = spans.Single(span => IsPushOf(span, trace));
        Assert.NotEqual(trace, push.TraceId);
        Assert.Equal((push.TraceId, push.SpanId), Assert.Single(part.Links));
        var call = (await Collector.WaitForAsync(all => all.Any(IsCall))).Single(IsCall);
        Assert.Equal("202", call.Tags["http.response.status_code"]);
        bool IsCall(CollectedSpan span) => span.TraceId == push.TraceId && span.Tags.GetValueOrDefault("http.request.method") == "POST";
    }

    [Fact]
    public async Task An_event_that_waits_keeps_its_trace_over_a_kill()
    {
        var connection = await fixture.AddConnectionAsync();
        await connection.ActAsync("pause");
        var trace = await PostTracedAsync(connection, HookBody.NewId());

        await fixture.KillAndStartAsync();
        await connection.ActAsync("resume");

        await Collector.WaitForAsync(all => all.Any(span => IsPartOf(span, trace)));
    }

    [Fact]
    public async Task A_callers_own_trace_is_not_gone_on_with()
    {
        const string Foreign = "4bf92f3577b34da6a3ce929d0e0e4736";
        var connection = await fixture.AddConnectionAsync();

        var trace = await PostTracedAsync(connection, HookBody.NewId(), ("traceparent", $"00-{Foreign}-00f067aa0ba902b7-01"), ("baggage", "planted=word"));
        await Collector.WaitForAsync(all => all.Any(span => IsPartOf(span, trace)));

        Assert.NotEqual(Foreign, trace);
        AssertNowhere(Foreign, "planted");
    }

    [Fact]
    public async Task No_trace_holds_a_secret_or_says_whose_it_is()
    {
        var connection = await fixture.AddConnectionAsync();
        var tenant = connection.Tenant;
        var id = HookBody.NewId();
        var trace = await PostTracedAsync(connection, id);
        // Good, bad and failing ways: what is written down is mostly what went wrong.
        await TraceOfAsync(async () => Assert.Equal(401, await connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow), Signed.Not)));
        await TraceOfAsync(async () => Assert.Equal(200, await connection.PostHookAsync("subscription/created", "{\"subscription\":{\"email\":\"set.aside@example.test\"}}")));
        (await tenant.AddRechargeAsync("sk_refused_recharge_key", "Second")).Expect(422);
        (await tenant.AddOmetriaAsync("refused_ometria_key", "Second")).Expect(422);
        (await tenant.Administrator.GetAsync($"{connection.Path}/customers?email=very.private%40example.test")).Expect(200);
        (await tenant.Administrator.GetAsync($"{connection.Path}/customers?rechargeId={id + 50_000_000}")).Expect(200);
        fixture.Sandbox.Faults.Ometria.Next(Fault.Reset, 1);
        var last = HookBody.NewId();
        var failing = await PostTracedAsync(connection, last);
        await Collector.WaitForAsync(all => all.Any(span => IsPartOf(span, trace)) && all.Any(span => IsPartOf(span, failing, "accepted")));

        AssertNowhere(
            connection.HookAddress.Split('/')[5], "example.test", "very.private", (id + 50_000_000).ToString(CultureInfo.InvariantCulture), id.ToString(CultureInfo.InvariantCulture),
            tenant.Id, connection.Id, connection.OmetriaAccountId, connection.RechargeAccountId, tenant.RechargeToken, tenant.OmetriaKey, tenant.ClientSecret,
            "sk_refused_recharge_key", "refused_ometria_key", fixture.Product.Settings.OperatorToken, tenant.Administrator.Token!.Split('.')[^1]);
    }

    private static bool IsPartOf(CollectedSpan span, string trace, string? outcome = null) =>
        span.TraceId == trace && span.Name == "push event" && (outcome is null || span.Tags["recharge.outcome"] == outcome);

    private static bool IsPushOf(CollectedSpan span, string trace) => span.Name == "push" && span.Links.Any(link => link.TraceId == trace);

    /// <summary>
    /// Does what posts one webhook, and answers the id of its trace. A span says nothing that would tell it from others, so it is the one
    /// that is new: every webhook of these tests is posted by way of this, and none begins before the one before it has come.
    /// </summary>
    private async Task<string> TraceOfAsync(Func<Task> post)
    {
        var before = Traces();
        await post();
        await Collector.WaitForAsync(_ => Traces().Except(before).Any());
        return Traces().Except(before).Single();

        HashSet<string> Traces() => [.. Collector.Spans.Where(span => span.Name == Webhook).Select(span => span.TraceId)];
    }

    private Task<string> PostTracedAsync(TestConnection connection, long id, params (string Name, string Value)[] headers) => TraceOfAsync(async () =>
    {
        var body = Encoding.UTF8.GetBytes(HookBody.Created(id, DateTimeOffset.UtcNow));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{connection.HookAddress}/subscription/created") { Content = new ByteArrayContent(body) };
        Signed.Both(connection.Tenant.ClientSecret).Sign(request, body);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        // As a stranger: the test's own context must not come along.
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    });

    private void AssertNowhere(params string[] secrets)
    {
        foreach (var body in Collector.Bodies.Select(Encoding.Latin1.GetString))
            Assert.DoesNotContain(secrets, secret => body.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    public sealed class Fixture : ProductFixture
    {
        public Collector Collector { get; private set; } = null!;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            if (Collector is not null)
                await Collector.DisposeAsync();
        }

        protected override async Task PrepareSettingsAsync(ProductSettings settings)
        {
            Collector = await Collector.StartAsync();
            settings.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address;
            settings.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            settings.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "50";
            settings.Environment["Telemetry__TraceRatio"] = "1";
        }
    }
}
