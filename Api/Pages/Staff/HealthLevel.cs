namespace RechargeGrains.Api.Pages.Staff;

/// <summary>How much a connection asks for somebody, the most first.</summary>
internal enum HealthLevel
{
    /// <summary>Nothing moves until a person does something, or it does not answer.</summary>
    Stopped,

    /// <summary>Something cannot be done and is tried again by itself.</summary>
    HeldUp,

    /// <summary>Everything moves, and something is to be looked at.</summary>
    Noted,

    Fine,

    /// <summary>Somebody paused it.</summary>
    Paused,

    Disconnected,
}
