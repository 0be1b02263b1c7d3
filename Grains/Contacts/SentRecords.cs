using RechargeGrains.Contacts;
using RechargeGrains.Grains.Segments;

namespace RechargeGrains.Grains.Contacts;

/// <summary>The records that some contacts are in, held in memory while these are compared and sent.</summary>
internal sealed class SentRecords(IReadOnlyDictionary<int, StoredRecord<Dictionary<long, SentContact>>> records)
{
    /// <summary>Those of <paramref name="changes"/> that differ from what was sent.</summary>
    public IEnumerable<ContactChange> Differing(IEnumerable<ContactChange> changes) =>
        changes.Where(change => Find(change.CustomerId) != new SentContact(change.Numbers, change.Email));

    /// <summary>The former addresses of those who have another one now, with zeros, as far as anything else was sent under them or may
    /// have gone ahead of an event.</summary>
    public List<ContactChange> LeftBehind(IEnumerable<ContactChange> changes) =>
    [
        .. from change in changes
           let before = Find(change.CustomerId)
           from address in (change.AheadAs ?? []).Concat(before is not null && before.Numbers != default ? [before.Email] : [])
               .Distinct(StringComparer.OrdinalIgnoreCase)
           where !address.Equals(change.Email, StringComparison.OrdinalIgnoreCase)
           select change with { Email = address, Numbers = default },
    ];

    /// <summary>Notes what was sent. Durable when the task completes.</summary>
    public Task RememberAsync(IEnumerable<ContactChange> sent) => Task.WhenAll(sent.GroupBy(change => SentContacts.BucketOf(change.CustomerId)).Select(group =>
    {
        var record = records[group.Key];
        foreach (var change in group)
            record.Value[change.CustomerId] = new SentContact(change.Numbers, change.Email);
        return record.WriteAsync();
    }));

    private SentContact? Find(long customerId) => records[SentContacts.BucketOf(customerId)].Value.GetValueOrDefault(customerId);
}
