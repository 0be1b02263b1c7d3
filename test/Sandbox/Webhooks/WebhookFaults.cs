namespace RechargeGrains.Sandbox;

/// <summary>What goes wrong between the raising of a topic and its first attempt. Everything is off by default.</summary>
public sealed class WebhookFaults
{
    /// <summary>Time on the sandbox clock before the first attempt.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Collects so many messages and sends them last first. 0 or 1: no reordering.</summary>
    public int ReverseEvery { get; set; }

    /// <summary>Every n-th message is sent twice. 1: all of them.</summary>
    public int DuplicateEvery { get; set; }

    /// <summary>Every n-th message is never sent. 1: all of them.</summary>
    public int LoseEvery { get; set; }

    public void Clear()
    {
        Delay = TimeSpan.Zero;
        ReverseEvery = 0;
        DuplicateEvery = 0;
        LoseEvery = 0;
    }
}
