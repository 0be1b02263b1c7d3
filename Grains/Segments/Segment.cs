namespace RechargeGrains.Grains.Segments;

/// <summary>A stored run of items.</summary>
[GenerateSerializer, Alias("rg.segment.v1")]
internal sealed class Segment<T>
{
    [Id(0)] public List<T> Items { get; set; } = [];
}
