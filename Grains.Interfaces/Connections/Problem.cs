namespace RechargeGrains.Connections;

/// <summary>Something that keeps a connection from doing its work, with what to do about it.</summary>
[GenerateSerializer, Immutable, Alias("rg.problem.v1")]
public sealed record Problem
{
    [Id(0)] public required string Code { get; init; }
    [Id(1)] public required string Message { get; init; }
    [Id(2)] public required DateTimeOffset Since { get; init; }
    [Id(3)] public required string Remedy { get; init; }
}
