namespace RechargeGrains.Connections;

/// <summary>What to do with an event that is too old to enter an automation at Ometria (4 hours).</summary>
[GenerateSerializer, Alias("rg.late-events-policy.v1")]
public enum LateEventsPolicy
{
    Restamp = 0,
    Send = 1,
    Skip = 2,
}
