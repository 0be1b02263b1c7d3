using System.Globalization;
using Orleans.Storage;
using RechargeGrains.Grains.Segments;

namespace RechargeGrains.Grains.Outbox;

/// <summary>
/// Remembers for ever, at a bounded size, which events an outbox took: the highest number of each customer. Segments say it for
/// what they hold; before segments are removed their numbers are merged into the ledger's records. So a customer that
/// offers an event again after a crash, years later too, is recognised.
/// </summary>
internal sealed class TakenLedger(IGrainStorage storage, GrainId grain)
{
    /// <summary>Records that the customers are spread over: 4,000 customers each at a million.</summary>
    private const int Buckets = 256;

    public async Task<long> ReadAsync(long customerId)
    {
        var bucket = await ReadBucketAsync(BucketOf(customerId));
        return bucket.Value.GetValueOrDefault(customerId);
    }

    /// <summary>Raises the numbers of customers; repeating it changes nothing.</summary>
    public async Task MergeAsync(IReadOnlyDictionary<long, long> sequences)
    {
        foreach (var group in sequences.GroupBy(pair => BucketOf(pair.Key)))
        {
            var bucket = await ReadBucketAsync(group.Key);
            foreach (var (customer, sequence) in group)
                bucket.Value[customer] = Math.Max(sequence, bucket.Value.GetValueOrDefault(customer));
            await bucket.WriteAsync();
        }
    }

    // Recharge ids are handed out in order, so the remainder spreads them evenly, and it is the same in every process.
    private static int BucketOf(long customerId) => (int)(Math.Abs(customerId) % Buckets);

    private static string RecordName(int bucket) => string.Create(CultureInfo.InvariantCulture, $"taken-{bucket}");

    private Task<StoredRecord<Dictionary<long, long>>> ReadBucketAsync(int bucket) =>
        StoredRecord<Dictionary<long, long>>.ReadAsync(storage, grain, RecordName(bucket));
}
