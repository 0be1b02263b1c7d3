namespace RechargeGrains.Connections;

/// <summary>What a connection is doing. Public names are in snake case.</summary>
[GenerateSerializer, Alias("rg.connection-state.v1")]
public enum ConnectionState
{
    Importing = 0,
    Active = 1,
    Paused = 2,
    NeedsAttention = 3,
    Disconnected = 4,
}
