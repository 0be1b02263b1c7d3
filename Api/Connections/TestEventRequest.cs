namespace RechargeGrains.Api.Connections;

internal sealed class TestEventRequest
{
    /// <summary>Public name of the event, whatever the connection calls it at Ometria.</summary>
    public string? EventType { get; set; }

    public string? Email { get; set; }
}
