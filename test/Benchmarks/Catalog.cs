using RechargeGrains.Benchmarks.Hot;
using RechargeGrains.Benchmarks.Measures;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks;

/// <summary>What can be measured.</summary>
internal static class Catalog
{
    private const int Thousand = 1_000;
    private const int Million = 1_000_000;

    private static readonly IReadOnlyList<(string Name, string Title, Func<Store, MeasureTime, CancellationToken, Task<MeasureTable>> RunAsync)> Entries =
    [
        ("durable", "Webhooks that are stored and answered 200", DurableMeasure.RunAsync),
        ("accepted", "From a webhook to Ometria's acceptance", AcceptedMeasure.RunAsync),
        ("account", "One account at Ometria's limit", AccountMeasure.RunAsync),
        ("import", "The first import", ImportMeasure.RunAsync),
        ("backlog", "A hundred thousand events wait", BacklogMeasure.RunAsync),
        ("daily", "Six o'clock: a million contacts of a thousand retailers have changed", (store, time, ct) => DailyMeasure.RunAsync(store, Thousand, time == MeasureTime.Full ? Thousand : 100, ct)),
        (Cluster, "Six o'clock in a cluster", (_, time, ct) => ClusterMeasure.RunAsync(Thousand, time == MeasureTime.Full ? 100 : 10, ct)),
        ("size", "A million customers: bytes, memory and what an event costs", (store, time, ct) => SizeMeasure.RunAsync(store, time, Thousand, time == MeasureTime.Full ? Million : Million / 10, ct)),
        ("idle", "A thousand connections and nothing to do", (store, time, ct) => IdleMeasure.RunAsync(store, Thousand, 6 * time.WarmUp, 6 * time.Measured, ct)),
    ];

    /// <summary>What no store has a part in.</summary>
    public const string Hot = "hot";

    private const string Cluster = "cluster";

    public static IReadOnlyList<string> Names { get; } = [Hot, .. Entries.Select(entry => entry.Name)];

    public static IReadOnlyDictionary<string, string> Titles { get; } = Entries.Select(entry => (entry.Name, entry.Title)).Append((Hot, "What is done for each webhook")).ToDictionary();

    /// <summary>Those of the stores that a measure is taken on.</summary>
    public static IEnumerable<Store> StoresOf(string name, IReadOnlyList<Store> stores) => name switch
    {
        Hot => stores.Take(1),
        // The embedded store serves one program.
        Cluster => stores.Where(store => store == Store.Postgres),
        _ => stores,
    };

    public static Task<MeasureTable> RunAsync(string name, Store store, MeasureTime time, CancellationToken ct) => name == Hot
        ? Task.FromResult(HotMeasure.Run())
        : Entries.Single(entry => entry.Name == name).RunAsync(store, time, ct);
}
