namespace RechargeGrains.Grains.Segments;

/// <summary>A stored run of items.</summary>
internal sealed class Segment<T>
{
    public List<T> Items { get; set; } = [];
}
