namespace RechargeGrains.Grains.Connections;

/// <summary>
/// The base of the webhook addresses that are registered at Recharge: the setting <c>PublicUrl</c>, or the address that the web host
/// listens on, once it does.
/// </summary>
public sealed class PublicAddress
{
    private volatile string? _base;

    /// <summary>Without a slash at the end; null until it is known.</summary>
    public string? Base
    {
        get => _base;
        set => _base = value?.TrimEnd('/');
    }
}
