namespace RechargeGrains.Api.Tests.Telemetry;

/// <summary>What an Api and a silo of their own send to a collector.</summary>
public sealed class ClusterTracesTests : IDisposable
{
    private const string Webhook = "POST /hooks/recharge/{hookKey}/{resource}/{action}";

    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-traces-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_webhook_that_one_program_takes_and_another_sends_on_is_one_trace()
    {
        await using var collector = await Collector.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Customers = 5, BucketSize = 1_000, LeakPerSecond = 500 }, Ct);
        var settings = new ProductSettings { Folder = Path.Combine(_folder, "silo"), RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl, Program = "RechargeGrains.Silo.dll" };
        settings.Environment["Hosting__MonitorUrl"] = settings.Url;
        Trace(settings);
        await using var silo = await ProductProcess.StartAsync(settings, Ct);
        var client = new ProductSettings { Folder = Path.Combine(_folder, "api"), RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl, GatewayPort = settings.GatewayPort };
        client.Environment["Hosting__EmbeddedSilo"] = "false";
        Trace(client);
        await using var api = await ProductProcess.StartAsync(client, Ct);
        var connection = await ProductSetup.ConnectAsync(api, sandbox, customEvents: [EventFact.Created]);
        await connection.WaitUntilActiveAsync(Patience.Short);

        sandbox.Store.CreateSubscription(sandbox.Store.Customers[0].Id);

        var spans = await collector.WaitForAsync(all => Parts(all).Any(told => IsWhole(all, told.TraceId)));
        var part = Parts(spans).First(told => IsWhole(spans, told.TraceId));
        var root = Assert.Single(spans, span => span.TraceId == part.TraceId && span.ParentId.Length == 0);
        Assert.Equal(Webhook, root.Name);
        Assert.NotEqual(root.Instance, part.Instance);
        var push = await collector.WaitForAsync(all => all.Any(span => span.Name == "push" && span.Links.Any(link => link.TraceId == part.TraceId)));
        Assert.NotEmpty(push);
        connection.Administrator.Dispose();

        void Trace(ProductSettings program)
        {
            program.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
            program.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            program.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "50";
            program.Environment["Telemetry__TraceRatio"] = "1";
        }
    }

    private static IEnumerable<CollectedSpan> Parts(IReadOnlyList<CollectedSpan> spans) => spans.Where(span => span.Name == "push event");

    /// <summary>Whether every span but the first has its parent: none is left that would belong to another trace.</summary>
    private static bool IsWhole(IReadOnlyList<CollectedSpan> spans, string trace)
    {
        var own = spans.Where(span => span.TraceId == trace).ToList();
        return own.All(span => span.ParentId.Length == 0 || own.Any(parent => parent.SpanId == span.ParentId)) && own.Any(span => span.ParentId.Length == 0);
    }
}
