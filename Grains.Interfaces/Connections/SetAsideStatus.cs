namespace RechargeGrains.Connections;

/// <summary>What a body is that was set aside.</summary>
[GenerateSerializer, Alias("rg.set-aside-status.v1")]
public enum SetAsideStatus
{
    /// <summary>Kept whole, until it is replayed or removed.</summary>
    SetAside = 0,

    /// <summary>Understood after all; its content is gone.</summary>
    Replayed = 1,
}
