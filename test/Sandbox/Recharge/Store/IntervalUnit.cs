namespace RechargeGrains.Sandbox;

public enum IntervalUnit
{
    Day,
    Week,
    Month,
}
