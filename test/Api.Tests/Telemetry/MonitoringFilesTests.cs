using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RechargeGrains.Api.Tests.Telemetry;

/// <summary>Rules, dashboards and pages about alerts speak of what the program exports, and of each other.</summary>
public sealed partial class MonitoringFilesTests(MetricsTests.Fixture fixture) : IClassFixture<MetricsTests.Fixture>
{
    private const string Rules = "deploy/monitoring/alerts.yml";

    private static readonly string[] Headings = ["## What it means for retailers", "## How to look", "## What to do", "## When it goes away"];

    [Fact]
    public async Task Every_metric_and_label_in_rules_and_dashboards_is_exported()
    {
        var connection = await fixture.AddConnectionAsync();
        var id = HookBody.NewId();
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
        await connection.WaitForEventsOfAsync(id, 1);
        var scrape = await Scrape.ReadAsync(fixture.Product.Address);
        var values = scrape.Series.SelectMany(series => series.Labels).ToHashSet();
        // What Prometheus itself adds.
        var names = scrape.Names.Append("up").ToHashSet(StringComparer.Ordinal);
        var labels = values.Select(label => label.Label).Concat(["instance", "job"]).ToHashSet(StringComparer.Ordinal);

        foreach (var (file, query) in Queries())
        {
            // Values of labels look like names.
            var named = MetricName().Matches(Quoted().Replace(query, "")).Select(match => match.Value).ToList();
            Assert.True(named.Count > 0, $"{file}: {query} asks for no metric");
            Assert.All(named, name => Assert.True(names.Contains(name), $"{file}: {name} is not exported"));
            Assert.All(
                Grouping().Matches(query).SelectMany(match => match.Groups[1].Value.Split(',')).Select(label => label.Trim()),
                label => Assert.True(labels.Contains(label), $"{file}: no metric has the label {label}"));
            Assert.All(
                Selector().Matches(query).Where(match => match.Groups[1].Value != "job").SelectMany(match => match.Groups[2].Value.Split('|').Select(value => (match.Groups[1].Value, value))),
                label => Assert.True(values.Contains(label), $"{file}: no metric has {label}"));
        }
    }

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var rules = File.ReadAllText(Repository.File(Rules));
        var alerts = AlertName().Matches(rules).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(alerts.Select(alert => $"docs/alerts/{alert}.md"), Runbook().Matches(rules).Select(match => match.Groups[1].Value));

        var index = File.ReadAllText(Repository.File("docs/alerts/README.md"));
        Assert.All(alerts, alert =>
        {
            var page = File.ReadAllLines(Repository.File($"docs/alerts/{alert}.md"));
            Assert.Equal($"# {alert}", page[0]);
            Assert.Equal(Headings, page.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
            Assert.Contains($"[{alert}]({alert}.md)", index, StringComparison.Ordinal);
        });
        var pages = Directory.GetFiles(Repository.File("docs/alerts"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name != "README");
        Assert.Equal(alerts.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_rules_fire_when_they_should()
    {
        Assert.SkipUnless(IsInstalled("promtool"), "promtool is not installed (apt install prometheus).");
        var start = new ProcessStartInfo("promtool", ["test", "rules", Repository.File("deploy/monitoring/alerts_test.yml")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var promtool = Process.Start(start)!;
        var (output, error) = (promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(promtool.ExitCode == 0, await output + await error);
    }

    private static IEnumerable<(string File, string Query)> Queries()
    {
        foreach (Match rule in Expression().Matches(File.ReadAllText(Repository.File(Rules))))
            yield return (Rules, rule.Groups[1].Value);
        foreach (var file in Directory.GetFiles(Repository.File("deploy/monitoring/grafana/dashboards"), "*.json"))
        {
            foreach (var panel in JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray())
            {
                foreach (var target in panel!["targets"]!.AsArray())
                    yield return (Path.GetFileName(file), (string)target!["expr"]!);
            }
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex(@"\bup\b|\b(?:recharge|orleans|dotnet|http_server)_\w+")]
    private static partial Regex MetricName();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("""(\w+)=~?"([^"]*)"(?=[,}])""")]
    private static partial Regex Selector();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"runbook: (\S+)")]
    private static partial Regex Runbook();

    [GeneratedRegex(@"expr: '([^']+)'")]
    private static partial Regex Expression();
}
