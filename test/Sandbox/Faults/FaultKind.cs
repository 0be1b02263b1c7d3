namespace RechargeGrains.Sandbox;

public enum FaultKind
{
    /// <summary>Answers a status without doing anything.</summary>
    Status,

    /// <summary>Does the work late.</summary>
    Delay,

    /// <summary>Does nothing and never answers.</summary>
    Hang,

    /// <summary>Does nothing and drops the connection.</summary>
    Reset,

    /// <summary>Does the work and never answers.</summary>
    HangAfter,

    /// <summary>Does the work and drops the connection.</summary>
    ResetAfter,

    /// <summary>Does the work and sends half of the body.</summary>
    Truncate,

    /// <summary>Does the work and answers 200 with a body that is no JSON.</summary>
    Garbage,
}
