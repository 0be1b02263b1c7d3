namespace RechargeGrains.Sandbox;

/// <summary>What is done to the product.</summary>
internal enum ProductHarm
{
    Kill,

    /// <summary>Ended after Ometria accepted a push and before the product could hear of it.</summary>
    KillBeforeAnswer,

    /// <summary>Stopped for a few seconds, which looks like a clock that jumps.</summary>
    Freeze,

    /// <summary>Writes take seconds.</summary>
    SlowStorage,

    /// <summary>Writes fail.</summary>
    FailingStorage,
}
