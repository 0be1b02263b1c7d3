namespace RechargeGrains.Grains.Http;

/// <summary>Settings under <c>Outbound</c>.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>
    /// The proxy that calls to Recharge and Ometria go through. Default none, also where the environment names one for other programs
    /// (<c>HTTP_PROXY</c>): what the calls carry is not for whoever set that.
    /// </summary>
    public string? Proxy { get; set; }
}
