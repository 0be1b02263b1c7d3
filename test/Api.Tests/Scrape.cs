using System.Text.RegularExpressions;

namespace RechargeGrains.Api.Tests;

/// <summary>What a program shows to Prometheus at one moment.</summary>
public sealed partial class Scrape
{
    private Scrape(string text)
    {
        Text = text;
        Series = [.. text.Split('\n').Select(line => SeriesLine().Match(line)).Where(match => match.Success).Select(Read)];
    }

    public string Text { get; }

    public IReadOnlyList<OneSeries> Series { get; }

    /// <summary>Names as queries use them, those of the parts of histograms among them.</summary>
    public IReadOnlySet<string> Names => Series.Select(series => series.Name).ToHashSet(StringComparer.Ordinal);

    public static async Task<Scrape> ReadAsync(Uri program)
    {
        using var http = new HttpClient { BaseAddress = program };
        return new Scrape(await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
    }

    /// <summary>The value of the only series that has this name and these labels.</summary>
    public double? Value(string name, params (string Label, string Value)[] labels) => Series
        .SingleOrDefault(series => series.Name == name && labels.All(wanted => series.Labels.Contains(wanted)))?.Value;

    private static OneSeries Read(Match match) => new(
        match.Groups["name"].Value,
        [.. LabelPair().Matches(match.Groups["labels"].Value).Select(pair => (pair.Groups[1].Value, pair.Groups[2].Value))],
        double.Parse(match.Groups["value"].Value.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    [GeneratedRegex("""^(?<name>[a-z_]+)(\{(?<labels>.*)\})? (?<value>\S+)""", RegexOptions.IgnoreCase)]
    private static partial Regex SeriesLine();

    [GeneratedRegex(@"(\w+)=""((?:[^""\\]|\\.)*)""")]
    private static partial Regex LabelPair();

    public sealed record OneSeries(string Name, IReadOnlyList<(string Label, string Value)> Labels, double Value);
}
