namespace RechargeGrains.Imports;

/// <summary>How far the first import is.</summary>
[GenerateSerializer, Alias("rg.import-state.v1")]
public enum ImportState
{
    NotStarted = 0,
    Running = 1,

    /// <summary>Under way, and held up by something that the connection's problems name. It goes on by itself.</summary>
    Waiting = 2,
    Finished = 3,
}
