namespace RechargeGrains.Api.Tests.Telemetry;

/// <summary>What Prometheus reads from the running program.</summary>
public sealed class MetricsTests(MetricsTests.Fixture fixture) : IClassFixture<MetricsTests.Fixture>
{
    /// <summary>Labels of the product's own metrics, with all their values; those of the exporter besides.</summary>
    private static readonly Dictionary<string, string[]> Fixed = new(StringComparer.Ordinal)
    {
        ["outcome"] =
        [
            "applied", "duplicate", "not_needed", "set_aside", "unknown_key", "bad_signature", "too_large", "unreadable", "busy", "over_quota", "aborted", "failed",
            "sent", "rejected", "dead_lettered", "suppressed", "sent_again", "rejected_later",
            "accepted", "throttled", "unavailable", "key_refused", "bad_batch",
            "answered", "refused", "no_answer",
        ],
        ["state"] = ["importing", "active", "paused", "needs_attention"],
        ["code"] =
        [
            "not_enabled", "ometria_key_refused", "recharge_key_refused", "bad_signatures", "webhooks_not_registered", "webhooks_restored",
            "reconciliation_held_up", "sync_held_up", "customers_not_read", "charges_not_read", "delivery_failing", "backlog_full", "quota_reached", "dead_letters",
            "rejected", "contacts_rejected", "events_paced", "ometria_errors", "set_aside", "no_client_secret",
        ],
    };

    private static readonly string[] OfExporter = ["le", "otel_scope_name", "otel_scope_version", "otel_scope_schema_url"];

    [Fact]
    public async Task What_happens_is_counted_and_no_metric_says_to_whom()
    {
        var connection = await fixture.AddConnectionAsync();
        var before = await Scrape.ReadAsync(fixture.Product.Address);
        var id = HookBody.NewId();
        var body = HookBody.Created(id, DateTimeOffset.UtcNow);
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", body));
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", body));
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", "{}"));
        Assert.Equal(401, await connection.PostHookAsync("subscription/created", body, Signed.Not));
        await connection.WaitForEventsOfAsync(id, 1);
        var after = await WaitForAsync(scrape => scrape.Value("recharge_problems", ("code", "set_aside")) > 0);

        Assert.Equal(1, Increase("recharge_webhooks_total", "applied"));
        Assert.Equal(1, Increase("recharge_webhooks_total", "duplicate"));
        Assert.Equal(1, Increase("recharge_webhooks_total", "set_aside"));
        Assert.Equal(1, Increase("recharge_webhooks_total", "bad_signature"));
        Assert.Equal(1, Increase("recharge_outbox_events_total", "sent"));
        Assert.Equal(1, after.Value("recharge_event_lag_seconds_count") - (before.Value("recharge_event_lag_seconds_count") ?? 0));
        Assert.True(Increase("recharge_pushes_total", "accepted") >= 1);
        Assert.True(after.Value("recharge_calls_total", ("outcome", "answered")) > 0);
        Assert.Equal(1, after.Value("recharge_ready"));
        Assert.True(after.Value("recharge_connections", ("state", "active")) >= 1);
        Assert.InRange(after.Value("recharge_reminder_age_seconds")!.Value, 0, 600);
        Assert.InRange(after.Value("recharge_daily_sync_age_seconds")!.Value, 0, 600);

        Assert.All(after.Series.Where(series => IsOurs(series.Name)).SelectMany(series => series.Labels), label => Assert.True(
            OfExporter.Contains(label.Label) || (Fixed.TryGetValue(label.Label, out var values) && values.Contains(label.Value)),
            $"{label.Label}={label.Value} is none of the labels that a metric may have"));
        string[] names = [connection.Tenant.Id, connection.Id, connection.OmetriaAccountId, connection.RechargeAccountId, connection.HookAddress.Split('/')[5], "example.test"];
        Assert.All(names, name => Assert.DoesNotContain(name, after.Text, StringComparison.Ordinal));

        double? Increase(string name, string outcome) => after.Value(name, ("outcome", outcome)) - (before.Value(name, ("outcome", outcome)) ?? 0);
    }

    [Fact]
    public async Task Another_connection_adds_to_numbers_and_adds_none()
    {
        await WholeLifeAsync();
        var before = (await Scrape.ReadAsync(fixture.Product.Address)).Series.Count(series => IsOurs(series.Name));

        await WholeLifeAsync();

        Assert.Equal(before, (await Scrape.ReadAsync(fixture.Product.Address)).Series.Count(series => IsOurs(series.Name)));

        async Task WholeLifeAsync()
        {
            var connection = await fixture.AddConnectionAsync();
            var id = HookBody.NewId();
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
            await connection.WaitForEventsOfAsync(id, 1);
            await connection.ActAsync("reconcile");
            await connection.WaitForAsync(status => status["drift"]!["comparedAllAt"] is not null);
        }
    }

    [Fact]
    public async Task The_list_in_the_readme_is_the_list_of_what_is_exported()
    {
        var connection = await fixture.AddConnectionAsync();
        var id = HookBody.NewId();
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
        await connection.WaitForEventsOfAsync(id, 1);

        var exported = (await Scrape.ReadAsync(fixture.Product.Address)).Series
            .Select(series => series.Labels.FirstOrDefault(label => label.Label == "otel_scope_name").Value is { } scope && scope.StartsWith("RechargeGrains.", StringComparison.Ordinal) ? series.Name : null)
            .OfType<string>().Select(InstrumentOf).ToHashSet(StringComparer.Ordinal);

        var rows = (await File.ReadAllLinesAsync(Repository.File("Silo/Telemetry/README.md"), TestContext.Current.CancellationToken))
            .Where(line => line.StartsWith("| `recharge.", StringComparison.Ordinal));
        var listed = rows.SelectMany(row => row.Split('|')[1].Split(',')).Select(name => name.Trim().Trim('`').Replace('.', '_')).ToList();
        Assert.Equal(exported.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    /// <summary>The name without what Prometheus adds to it.</summary>
    private static string InstrumentOf(string name) => new[] { "_bucket", "_sum", "_count", "_total", "_seconds" }
        .Aggregate(name, (left, ending) => left.EndsWith(ending, StringComparison.Ordinal) ? left[..^ending.Length] : left);

    /// <summary>A look at a connection is taken after something has changed, not at the moment.</summary>
    private async Task<Scrape> WaitForAsync(Func<Scrape, bool> until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Short);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var scrape = await Scrape.ReadAsync(fixture.Product.Address);
            if (until(scrape))
                return scrape;
            await pace.WaitForNextTickAsync(limit.Token);
        }
    }

    private static bool IsOurs(string name) => name.StartsWith("recharge_", StringComparison.Ordinal);

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(ProductSettings settings) => settings.Environment["Schedule__WebhookCheckEvery"] = "00:00:01";
    }
}
