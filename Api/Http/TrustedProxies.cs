using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using RechargeGrains.Silo.Hosting;
using IPNetwork = System.Net.IPNetwork;

namespace RechargeGrains.Api.Http;

/// <summary>
/// Where a request comes from when a proxy passes it on. <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed of the proxies
/// that the settings name and of nobody else: anybody can write these headers.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Addresses or networks, separated by commas.</summary>
    public const string Key = "Hosting:TrustedProxies";

    public static void UseTrustedProxies(this WebApplication app)
    {
        var networks = Read(app.Configuration[Key]);
        if (networks.Count == 0)
            return;
        // As many proxies in a row as are named, each of them trusted.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <exception cref="SettingsException">Something in it is neither an address nor a network.</exception>
    internal static IReadOnlyList<IPNetwork> Read(string? setting) =>
        [.. (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadOne)];

    private static IPNetwork ReadOne(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new SettingsException($"{Key} has '{text}'; expected are addresses or networks such as 10.0.0.0/8, separated by commas.");
    }
}
