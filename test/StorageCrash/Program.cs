// A process to be killed: opens the store named by the first argument, keeps writing records from several tasks, and
// prints "record round etag" for each write that was acknowledged. It does not end by itself.

using System.Globalization;
using RechargeGrains.StorageCrash;

const int Writers = 64;

await using var store = await EmbeddedStore.OpenAsync(args[0]);
var grain = GrainId.Parse(CrashRecord.Grain);

// Flushed line by line, so that what was printed before the kill can be read after it.
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true, NewLine = "\n" });
await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync($"record-{writer}"))));

async Task WriteAsync(string name)
{
    var record = new GrainState<CrashRecord>();
    await store.Grains.ReadStateAsync(name, grain, record);
    var state = record.State!;
    while (true)
    {
        state.Round++;
        state.Filling = new string('x', 300);
        await store.Grains.WriteStateAsync(name, grain, record);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {state.Round} {record.ETag}"));
    }
}
