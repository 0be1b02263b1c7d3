namespace RechargeGrains.Benchmarks.Report;

/// <summary>The page with the figures. What stands between two marks is written by a run, the rest by people.</summary>
internal sealed class BenchmarkPage(string file)
{
    /// <summary>Replaces a part.</summary>
    /// <exception cref="InvalidOperationException">The page has no place for it.</exception>
    public void Put(string part, string text)
    {
        var (begin, end) = ($"<!-- {part} -->", $"<!-- end of {part} -->");
        var page = File.ReadAllText(file);
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{file} has no part '{part}'.");
        File.WriteAllText(file, $"{page[..(from + begin.Length)]}\n\n{text.Trim()}\n\n{page[to..]}");
    }
}
