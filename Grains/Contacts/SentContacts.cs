using System.Globalization;
using Orleans.Storage;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Segments;

namespace RechargeGrains.Grains.Contacts;

/// <summary>
/// What Ometria was last sent, for every contact of a connection, in records that are read and written only as needed. A small
/// connection's are kept in memory, so that the first events of its customers cost no read.
/// </summary>
internal sealed class SentContacts(IGrainStorage storage, GrainId grain)
{
    /// <summary>Records that the contacts are spread over: 4,000 each at a million, well below what any provider takes.</summary>
    private const int Buckets = 256;

    /// <summary>Contacts that are kept in memory.</summary>
    private const int MaxKept = 20_000;

    private readonly Dictionary<int, Bucket> _buckets = [];
    private int _kept;

    /// <summary>Those of <paramref name="changes"/> that differ from what was sent.</summary>
    public async Task<List<ContactChange>> DifferingAsync(IReadOnlyList<ContactChange> changes)
    {
        var differing = new List<ContactChange>();
        foreach (var group in changes.GroupBy(change => BucketOf(change.CustomerId)))
        {
            await UseAsync(group.Key, record =>
            {
                differing.AddRange(group.Where(change => record.Value.GetValueOrDefault(change.CustomerId) != new SentContact(change.Numbers, change.Email)));
                return Task.CompletedTask;
            });
        }

        return differing;
    }

    /// <summary>Those that were never sent.</summary>
    public async Task<List<ContactName>> UnknownAsync(IReadOnlyList<ContactName> contacts)
    {
        var unknown = new List<ContactName>();
        foreach (var group in contacts.GroupBy(contact => BucketOf(contact.CustomerId)))
        {
            await UseAsync(group.Key, record =>
            {
                unknown.AddRange(group.Where(contact => !record.Value.ContainsKey(contact.CustomerId)));
                return Task.CompletedTask;
            });
        }

        return unknown;
    }

    public Task RememberAsync(IReadOnlyList<ContactChange> sent) => Task.WhenAll(sent.GroupBy(change => BucketOf(change.CustomerId)).Select(group =>
        UseAsync(group.Key, record =>
        {
            foreach (var change in group)
                record.Value[change.CustomerId] = new SentContact(change.Numbers, change.Email);
            return record.WriteAsync();
        })));

    private static int BucketOf(long customerId) => (int)(Math.Abs(customerId) % Buckets);

    /// <summary>One at a time for each record, since each write has to know the one before.</summary>
    private async Task UseAsync(int number, Func<StoredRecord<Dictionary<long, SentContact>>, Task> use)
    {
        if (!_buckets.TryGetValue(number, out var bucket))
            _buckets[number] = bucket = new Bucket();
        await bucket.Gate.WaitAsync();
        try
        {
            var record = bucket.Kept ?? await StoredRecord<Dictionary<long, SentContact>>.ReadAsync(
                storage, grain, string.Create(CultureInfo.InvariantCulture, $"sent-{number}"));
            _kept -= bucket.Size;
            (bucket.Kept, bucket.Size) = (null, 0);
            await use(record);
            // Not after a failure: then it is read anew.
            if (_kept + record.Value.Count <= MaxKept)
                (bucket.Kept, bucket.Size) = (record, record.Value.Count);
            _kept += bucket.Size;
        }
        finally
        {
            bucket.Gate.Release();
        }
    }

    private sealed class Bucket
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public StoredRecord<Dictionary<long, SentContact>>? Kept { get; set; }

        public int Size { get; set; }
    }
}
