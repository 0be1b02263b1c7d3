namespace RechargeGrains.Sandbox;

/// <summary>Everything that can be made to go wrong.</summary>
public sealed class SandboxFaults
{
    internal SandboxFaults(WebhookFaults webhooks) => Webhooks = webhooks;

    public FaultSide Recharge { get; } = new();

    public OmetriaFaults Ometria { get; } = new();

    public WebhookFaults Webhooks { get; }

    public void Clear()
    {
        Recharge.Clear();
        Ometria.Clear();
        Webhooks.Clear();
    }
}
