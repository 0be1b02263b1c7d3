using System.Diagnostics;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>Six o'clock: a thousand retailers with a thousand contacts each that have changed since the day before.</summary>
internal static class DailyMeasure
{
    private const int Connections = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public static async Task<MeasureTable> RunAsync(Store store, int retailers, int contactsOfEach, CancellationToken ct)
    {
        var table = new MeasureTable("what", "figure");
        var contacts = (long)retailers * contactsOfEach;
        // Without events: it is about the contacts.
        var settings = new Dictionary<string, string> { [DailyHour.Setting] = DailyHour.InTwoHours };
        await using var product = await BenchProduct.StartAsync(store, retailers, settings, events: [], ct: ct);
        var load = new WebhookLoad(product.Hooks, contacts);
        var filled = await load.RunAsync(Connections, contacts, ct);
        table.Add("retailers", $"{retailers:#,0}");
        table.Add("contacts that have changed", string.Create(CultureInfo.InvariantCulture, $"{filled.Count:#,0}"));
        table.Add("memory when all of them are known", Words.Megabytes(product.Process.WorkingSet));

        var hour = DailyHour.Soon(TimeSpan.FromSeconds(90));
        product.Process.Settings.Environment[DailyHour.Setting] = DailyHour.Of(hour);
        table.Add("start", Words.Seconds(await product.RestartAsync(ct)));
        if (hour > DateTimeOffset.UtcNow)
            await Task.Delay(hour - DateTimeOffset.UtcNow, ct);
        var (memory, written) = (product.Process.WorkingSet, await product.OperationsAsync(ct));
        table.Add("memory before the hour", Words.Megabytes(memory));
        var (began, processor) = (Stopwatch.GetTimestamp(), product.Process.ProcessorTime);
        using var pace = new PeriodicTimer(BetweenLooks);
        while (product.Ometria.Contacts < contacts && Stopwatch.GetElapsedTime(began) < Patience && await pace.WaitForNextTickAsync(ct))
            memory = Math.Max(memory, product.Process.WorkingSet);
        table.Add("contacts at Ometria", string.Create(CultureInfo.InvariantCulture, $"{product.Ometria.Contacts:#,0}"));
        table.Add("after the hour", Words.Seconds(Stopwatch.GetElapsedTime(began)));
        table.Add("processor time", Words.Seconds(product.Process.ProcessorTime - processor));
        table.Add("records written for each contact", Words.Ratio((await product.OperationsAsync(ct) - written) / contacts));
        table.Add("memory at most", Words.Megabytes(memory));
        return table;
    }
}
