namespace RechargeGrains.Imports;

/// <summary>How far a preview is.</summary>
[GenerateSerializer, Alias("rg.import-preview-state.v1")]
public enum ImportPreviewState
{
    /// <summary>Under way: the numbers are those so far.</summary>
    Counting = 0,
    Done = 1,

    /// <summary>Recharge refuses to be read with this key; asking again once that is mended starts anew.</summary>
    Failed = 2,
}
