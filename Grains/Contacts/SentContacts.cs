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

    /// <summary>Those of <paramref name="changes"/> that differ from what was sent.</summary>
    public async Task<List<ContactChange>> DifferingAsync(IReadOnlyList<ContactChange> changes)
    {
        var differing = new List<ContactChange>();
        foreach (var group in changes.GroupBy(change => BucketOf(change.CustomerId)))
        {
            var sent = (await ReadAsync(group.Key)).Value;
            differing.AddRange(group.Where(change => sent.GetValueOrDefault(change.CustomerId) != new SentContact(change.Numbers, change.Email)));
        }

        return differing;
    }

    /// <summary>The former addresses of those who have another one now, with zeros, as far as anything else was sent under them or may
    /// have gone ahead of an event.</summary>
    public async Task<List<ContactChange>> LeftBehindAsync(IReadOnlyList<ContactChange> changes)
    {
        var left = new List<ContactChange>();
        foreach (var bucket in changes.GroupBy(change => BucketOf(change.CustomerId)))
        {
            var sent = (await ReadAsync(bucket.Key)).Value;
            left.AddRange(
                from change in bucket
                let before = sent.GetValueOrDefault(change.CustomerId)
                from address in (change.AheadAs ?? []).Concat(before is not null && before.Numbers != default ? [before.Email] : [])
                    .Distinct(StringComparer.OrdinalIgnoreCase)
                where !address.Equals(change.Email, StringComparison.OrdinalIgnoreCase)
                select change with { Email = address, Numbers = default });
        }

        return left;
    }

    /// <summary>Customers of one bucket who were last sent with anything but zeros.</summary>
    public async Task<List<long>> ActiveAsync(int bucket) =>
        [.. (await ReadAsync(bucket)).Value.Where(pair => pair.Value.Numbers != default).Select(pair => pair.Key)];

    public async Task<bool> KnowsAsync(long customerId) => (await ReadAsync(BucketOf(customerId))).Value.ContainsKey(customerId);

    public async Task RememberAsync(IReadOnlyList<ContactChange> sent)
    {
        var writes = sent.GroupBy(change => BucketOf(change.CustomerId)).Select(async group =>
        {
            var record = await ReadAsync(group.Key);
            foreach (var change in group)
                record.Value[change.CustomerId] = new SentContact(change.Numbers, change.Email);
            await record.WriteAsync();
        });
        await Task.WhenAll(writes);
    }

    public static int BucketOf(long customerId) => (int)(Math.Abs(customerId) % Buckets);

    private static string RecordName(int bucket) => string.Create(CultureInfo.InvariantCulture, $"sent-{bucket}");

    private Task<StoredRecord<Dictionary<long, SentContact>>> ReadAsync(int bucket) =>
        StoredRecord<Dictionary<long, SentContact>>.ReadAsync(storage, grain, RecordName(bucket));
}
