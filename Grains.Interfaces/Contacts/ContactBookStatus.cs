namespace RechargeGrains.Contacts;

/// <summary>Where the contacts of a connection stand.</summary>
[GenerateSerializer, Immutable, Alias("rg.contact-book-status.v1")]
public sealed record ContactBookStatus
{
    [Id(0)] public long Sent { get; init; }
    [Id(1)] public long Rejected { get; init; }

    /// <summary>Contacts whose numbers changed since the last push (some may have changed back).</summary>
    [Id(2)] public long Changed { get; init; }
}
