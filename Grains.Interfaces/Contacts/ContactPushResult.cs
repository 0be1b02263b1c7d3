namespace RechargeGrains.Contacts;

/// <summary>What one push of changed contacts came to.</summary>
[GenerateSerializer, Immutable, Alias("rg.contact-push-result.v1")]
public sealed record ContactPushResult
{
    [Id(0)] public int Sent { get; init; }
    [Id(1)] public int Rejected { get; init; }

    /// <summary>Contacts that are still to be sent, because Ometria could not be reached or refused the key.</summary>
    [Id(2)] public int Left { get; init; }

    /// <summary>Why some are left, in words without personal data.</summary>
    [Id(3)] public string? Failure { get; init; }
}
