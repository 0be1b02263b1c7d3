namespace RechargeGrains.Connections;

/// <summary>A webhook that could not be understood, as it came.</summary>
[GenerateSerializer, Immutable, Alias("rg.set-aside-body.v1")]
public sealed record SetAsideBody
{
    [Id(0)] public required string Topic { get; init; }
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(2)] public required byte[] Body { get; init; }

    /// <summary>Why it could not be understood, without quoting it.</summary>
    [Id(3)] public required string Reason { get; init; }
}
