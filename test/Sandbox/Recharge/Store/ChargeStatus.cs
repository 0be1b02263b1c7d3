namespace RechargeGrains.Sandbox;

public enum ChargeStatus
{
    Queued,
    Success,
    Skipped,
    Error,
}
