using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;
using Spectre.Console;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>
/// Whether the product has become much slower: compared with the yardsticks in the same run, since what a second is worth differs from machine to
/// machine and from minute to minute.
/// </summary>
internal static class GuardMeasure
{
    private const int Connections = 64;

    /// <summary>When they were set, 0.08 to 0.09 and 2.3 to 6.3 were measured: a busy machine stays above, a mistake does not.</summary>
    private const double LeastOfBare = 0.02;
    private const double LeastTimesWriteEach = 1;

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        // Somebody else may have had the machine while one of the three was measured: once is not believed.
        for (var looks = 0; looks < 2; looks++)
        {
            if (await IsGoodAsync(ct))
                return 0;
        }

        return 1;
    }

    private static async Task<bool> IsGoodAsync(CancellationToken ct)
    {
        var time = new MeasureTime(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5), [Connections]);
        var result = await DurableMeasure.MeasureAsync(Store.Sqlite, time, customers: 30_000, ct);
        result.ToTable().Show("Durable webhooks, SQLite");
        var (ofBare, timesWriteEach) = (result.OfBare(Connections), result.TimesWriteEach(Connections));
        var isGood = ofBare >= LeastOfBare && timesWriteEach >= LeastTimesWriteEach;
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Ratio(ofBare)} of (a), at least {LeastOfBare}; {Words.Ratio(timesWriteEach)} times (b), at least {LeastTimesWriteEach}: {(isGood ? "good" : "NOT GOOD")}"));
        return isGood;
    }
}
