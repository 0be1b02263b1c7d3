using System.Globalization;
using Orleans.Storage;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Segments;

namespace RechargeGrains.Grains.Contacts;

/// <summary>What Ometria was last sent, for every contact of a connection, in records that are read and written only as needed.</summary>
internal sealed class SentContacts(IGrainStorage storage, GrainId grain)
{
    /// <summary>Records that the contacts are spread over: 4,000 each at a million, well below what any provider takes.</summary>
    public const int Buckets = 256;

    /// <summary>Reads the records that these contacts are in, each once. They stay valid as long as nobody else opens any to write.</summary>
    public async Task<SentRecords> OpenAsync(IEnumerable<ContactChange> contacts)
    {
        var reads = contacts.Select(contact => BucketOf(contact.CustomerId)).Distinct().Select(async bucket => (Bucket: bucket, Record: await ReadAsync(bucket)));
        return new SentRecords((await Task.WhenAll(reads)).ToDictionary(read => read.Bucket, read => read.Record));
    }

    /// <summary>Customers of one bucket who were last sent with anything but zeros.</summary>
    public async Task<List<long>> ActiveAsync(int bucket) =>
        [.. (await ReadAsync(bucket)).Value.Where(pair => pair.Value.Numbers != default).Select(pair => pair.Key)];

    public async Task<bool> KnowsAsync(long customerId) => (await ReadAsync(BucketOf(customerId))).Value.ContainsKey(customerId);

    public static int BucketOf(long customerId) => (int)(Math.Abs(customerId) % Buckets);

    private static string RecordName(int bucket) => string.Create(CultureInfo.InvariantCulture, $"sent-{bucket}");

    private Task<StoredRecord<Dictionary<long, SentContact>>> ReadAsync(int bucket) =>
        StoredRecord<Dictionary<long, SentContact>>.ReadAsync(storage, grain, RecordName(bucket));
}
