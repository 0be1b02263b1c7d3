namespace RechargeGrains.Ometria;

/// <summary>
/// An error that Ometria found after it had taken a push (<c>GET /push/_errors</c>). Two shapes are known: message and path alone
/// (current page), and with ids (seen in client code); so everything but the message may be missing. It is the account's list, with
/// the errors of other integrations among ours. The record itself, which some errors quote, is not kept.
/// </summary>
[GenerateSerializer, Immutable, Alias("rg.push-error.v1")]
public sealed record PushError
{
    [Id(0)] public required string Message { get; init; }

    /// <summary>Where in the record, for instance <c>root > email</c>.</summary>
    [Id(1)] public string? Path { get; init; }
    [Id(2)] public string? RequestId { get; init; }

    /// <summary><c>contact</c>, <c>custom_event</c> and others.</summary>
    [Id(3)] public string? RecordType { get; init; }
    [Id(4)] public string? RecordId { get; init; }

    /// <summary>When Ometria found it, as it was written.</summary>
    [Id(5)] public string? Timestamp { get; init; }

    /// <summary>The collection of the record, where it is quoted.</summary>
    [Id(6)] public string? Collection { get; init; }
}
