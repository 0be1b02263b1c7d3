using System.Diagnostics;
using System.Globalization;
using RechargeGrains.StorageCrash;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteCrashTests
{
    private const int Kills = 5;

    private readonly Dictionary<string, (int Round, string ETag)> _acknowledged = [];

    [Fact]
    public async Task Every_acknowledged_write_is_there_after_the_process_was_killed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("grains.db");
        for (var kill = 0; kill < Kills; kill++)
        {
            await WriteUntilKilledAsync(path, acknowledgements: Random.Shared.Next(1, 4_000));
            await AssertNothingLostAsync(path);
        }
    }

    private async Task WriteUntilKilledAsync(string path, int acknowledgements)
    {
        var program = typeof(EmbeddedStore).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, path]) { RedirectStandardOutput = true })!;
        try
        {
            for (var i = 0; i < acknowledgements; i++)
                Remember(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            process.Kill();
        }

        // What it acknowledged between the last line read and the kill counts as well.
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            Remember(line);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private void Remember(string? line)
    {
        Assert.NotNull(line);
        var parts = line.Split(' ');
        Assert.Equal(3, parts.Length);
        _acknowledged[parts[0]] = (int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }

    private async Task AssertNothingLostAsync(string path)
    {
        await using var store = await EmbeddedStore.OpenAsync(path);
        foreach (var (name, (round, etag)) in _acknowledged)
        {
            var record = new Record<CrashRecord>();
            await store.Grains.ReadStateAsync(name, GrainId.Parse(CrashRecord.Grain), record);

            // One write of each record may have reached the disk without its acknowledgement reaching us.
            Assert.InRange(record.State.Round, round, round + 1);
            if (record.State.Round == round)
                Assert.Equal(etag, record.ETag);
        }
    }
}
