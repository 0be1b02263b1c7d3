using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// Keeps keys and customers from crossing a network in the open: in Production the addresses of the services and our own are https, unless
/// they are on this machine or the operator says that plain http is wanted.
/// </summary>
internal static class PlainHttp
{
    private const string AllowKey = "Security:AllowHttp";

    private static readonly string[] Addresses = ["Recharge:BaseUrl", "Ometria:BaseUrl", "PublicUrl"];

    /// <exception cref="SettingsException">One of them is plain http to somewhere else.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!environment.IsProduction() || configuration.GetValue(AllowKey, false))
            return;
        foreach (var key in Addresses)
        {
            if (Uri.TryCreate(configuration[key], UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
                throw new SettingsException($"{key} is '{url}'; expected in Production is an https address, or {AllowKey}=true where plain http is wanted.");
        }
    }
}
