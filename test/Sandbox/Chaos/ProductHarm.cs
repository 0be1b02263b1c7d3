namespace RechargeGrains.Sandbox;

/// <summary>What is done to the product.</summary>
internal enum ProductHarm
{
    /// <summary>Ended without warning; of a cluster one silo.</summary>
    Kill,

    /// <summary>Ended after Ometria accepted a push and before the product could hear of it.</summary>
    KillBeforeAnswer,

    /// <summary>One Api of a cluster ended without warning.</summary>
    KillApi,

    /// <summary>All programs of a cluster ended without warning.</summary>
    KillAll,

    /// <summary>Stopped for a few seconds, which looks like a clock that jumps.</summary>
    Freeze,

    /// <summary>A silo stopped for so long that the others go on without it.</summary>
    Outlive,

    /// <summary>Writes take seconds.</summary>
    SlowStorage,

    /// <summary>Writes fail.</summary>
    FailingStorage,

    /// <summary>All programs of a cluster ended in good order and started again, one by one.</summary>
    RollingRestart,
}
