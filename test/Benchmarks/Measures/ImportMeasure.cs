using System.Diagnostics;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>The first import of a store, with Recharge's limit and without.</summary>
internal static class ImportMeasure
{
    private const double CallsPerSecond = 2;
    private const int Bucket = 40;
    private const int Customers = 50_000;

    /// <summary>Without limits: a store that is large enough to take a minute or so, and what of it comes before the program has compiled what it does often.</summary>
    private const int LargeStore = 200_000;
    private const int WarmUp = 50_000;
    private const int Unlimited = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<MeasureTable> RunAsync(Store store, MeasureTime time, CancellationToken ct)
    {
        var table = new MeasureTable("Recharge's limit, calls a second", "calls a second", "of the limit", "customers a second");
        await LimitedAsync(table, store, time, ct);
        await UnlimitedAsync(table, store, ct);
        return table;
    }

    private static async Task LimitedAsync(MeasureTable table, Store store, MeasureTime time, CancellationToken ct)
    {
        // A page of Recharge's has more contacts than Ometria's lower limit lets through in the same time.
        var settings = new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = "1000" };
        await using var product = await BenchProduct.StartAsync(store, 0, settings, new SandboxOptions { Customers = Customers, KeepsDeliveries = false }, ct: ct);
        await product.BeginImportAsync();
        // What a full bucket gives at the beginning is not the limit.
        await product.WaitForCallsAsync(2 * Bucket, ct);
        var (before, contacts, began) = (product.Calls, product.Ometria.Contacts, Stopwatch.GetTimestamp());
        await Task.Delay(4 * time.Measured, ct);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var calls = (product.Calls - before) / took;
        table.Add(Words.Rate(CallsPerSecond), Words.Rate(calls), Words.Ratio(calls / CallsPerSecond), Words.Rate((product.Ometria.Contacts - contacts) / took));
    }

    private static async Task UnlimitedAsync(MeasureTable table, Store store, CancellationToken ct)
    {
        var settings = new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = "1000", ["Recharge__CallsPerSecond"] = $"{Unlimited}" };
        var options = new SandboxOptions { Customers = LargeStore, KeepsDeliveries = false, BucketSize = 40 * Unlimited, LeakPerSecond = Unlimited };
        await using var product = await BenchProduct.StartAsync(store, 0, settings, options, ct: ct);
        await product.BeginImportAsync();
        await product.Ometria.WaitForContactsAsync(WarmUp, Patience, ct);
        var (calls, contacts, began) = (product.Calls, product.Ometria.Contacts, Stopwatch.GetTimestamp());
        await product.Ometria.WaitForContactsAsync(LargeStore, Patience, ct);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        table.Add("none", Words.Rate((product.Calls - calls) / took), "", Words.Rate((LargeStore - contacts) / took));
    }
}
