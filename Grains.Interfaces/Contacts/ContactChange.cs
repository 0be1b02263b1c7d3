namespace RechargeGrains.Contacts;

/// <summary>A customer's numbers as they are now.</summary>
[GenerateSerializer, Immutable, Alias("rg.contact-change.v1")]
public sealed record ContactChange
{
    [Id(0)] public required long CustomerId { get; init; }
    [Id(1)] public required string Email { get; init; }
    [Id(2)] public required ContactNumbers Numbers { get; init; }

    /// <summary>
    /// Whether numbers of this contact may have been sent ahead of an event since the last daily sync, so that what the sync remembers as sent
    /// need not be what Ometria has.
    /// </summary>
    [Id(3)] public bool MayBeAhead { get; init; }

    /// <summary>Whether no numbers of this contact were sent before, as far as is known: then it goes ahead of the first event.</summary>
    [Id(4)] public bool IsUnsent { get; init; }

    /// <summary>Whether it is sent whatever was sent before: somebody doubts what Ometria has.</summary>
    [Id(5)] public bool MustSend { get; init; }

    /// <summary>Addresses under which numbers may have gone ahead of an event since the last daily sync; null for none.</summary>
    [Id(6)] public IReadOnlyList<string>? AheadAs { get; init; }
}
