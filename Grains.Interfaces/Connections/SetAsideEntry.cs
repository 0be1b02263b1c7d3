namespace RechargeGrains.Connections;

/// <summary>A body that was set aside, without its content.</summary>
[GenerateSerializer, Immutable, Alias("rg.set-aside-entry.v1")]
public sealed record SetAsideEntry
{
    /// <summary>Counts the bodies of a connection from 0; never given twice.</summary>
    [Id(0)] public required long Number { get; init; }
    [Id(1)] public required string Topic { get; init; }
    [Id(2)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Why it could not be understood when it was last read.</summary>
    [Id(3)] public required string Reason { get; init; }

    /// <summary>Bytes of the content, also after it is gone.</summary>
    [Id(4)] public required int Size { get; init; }
    [Id(5)] public required SetAsideStatus Status { get; init; }

    /// <summary>What became of it; null while it is set aside.</summary>
    [Id(6)] public SetAsideOutcome? Outcome { get; init; }
}
