namespace RechargeGrains.Grains.Connections;

internal sealed class FrontDoorState
{
    public string? Address { get; set; }

    public bool IsSet { get; set; }
}
