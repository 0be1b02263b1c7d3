namespace RechargeGrains.Api.Pages;

/// <summary>The network address of the browser that a circuit belongs to, for the audit log.</summary>
internal sealed class ClientAddress
{
    public string? From { get; set; }
}
