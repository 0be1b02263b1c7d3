using RechargeGrains.Benchmarks.Measures;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Benchmarks;

/// <summary>What is measured, on what, and for how long.</summary>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Measures, IReadOnlyList<Store> Stores, MeasureTime Time, bool Writes)
{
    public const string All = "all";
    public const string Guard = "guard";

    private const string ShortSwitch = "--short";
    private const string StoreSwitch = "--store";

    public static string Usage { get; } =
        $"""
        dotnet run -c Release --project test/Benchmarks -- <what> [{StoreSwitch} sqlite|postgres] [{ShortSwitch}]

          {All,-10} everything below, on every store that there is here; writes docs/benchmarks.md
        {string.Join('\n', Catalog.Names.Select(name => $"  {name,-10} {Catalog.Titles[name]}"))}
          {Guard,-10} the ratios that must not fall, with an exit code

        {ShortSwitch} is for a look while something is changed, and writes nothing.
        """;

    /// <summary>Answers the options, or what is wrong with the arguments.</summary>
    public static (BenchmarkOptions? Options, string? Problem) Read(string[] args)
    {
        var (measures, stores, time) = (new List<string>(), new List<Store> { Store.Sqlite }, MeasureTime.Full);
        if (PostgresServer.Missing is null)
            stores.Add(Store.Postgres);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case All:
                    measures.AddRange(Catalog.Names);
                    break;
                case ShortSwitch:
                    time = MeasureTime.Short;
                    break;
                case StoreSwitch when i + 1 < args.Length && Enum.TryParse<Store>(args[i + 1], ignoreCase: true, out var store):
                    if (store == Store.Postgres && PostgresServer.Missing is { } missing)
                        return (null, missing);
                    stores = [store];
                    i++;
                    break;
                case var name when Catalog.Titles.ContainsKey(name) || name == Guard:
                    measures.Add(name);
                    break;
                default:
                    return (null, $"'{args[i]}' is not known.");
            }
        }

        return measures.Count == 0 ? (null, "Say what is to be measured.") : (new BenchmarkOptions(measures, stores, time, time == MeasureTime.Full), null);
    }
}
