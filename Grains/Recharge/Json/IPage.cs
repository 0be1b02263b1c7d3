namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>A page of a list.</summary>
internal interface IPage
{
    /// <summary>What the next one is asked for by; a value in the query and never an address. Null at the end.</summary>
    string? NextCursor { get; }
}
