using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Tests.Hosting;

public sealed class ClusterHostingTests
{
    /// <summary>Of a range for documentation: nobody's.</summary>
    private const string Foreign = "203.0.113.7";

    [Fact]
    public void A_silo_listens_at_the_address_that_others_know()
    {
        var endpoints = EndpointsOf("127.0.0.1", listen: null);

        Assert.Equal(IPAddress.Loopback, endpoints.AdvertisedIPAddress);
        Assert.Null(endpoints.SiloListeningEndpoint);
        Assert.Null(endpoints.GatewayListeningEndpoint);
    }

    [Fact]
    public void A_silo_behind_something_tells_others_that_address_and_listens_at_its_own()
    {
        var endpoints = EndpointsOf(Foreign, "0.0.0.0");

        Assert.Equal(IPAddress.Parse(Foreign), endpoints.AdvertisedIPAddress);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 11112), endpoints.SiloListeningEndpoint);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 30001), endpoints.GatewayListeningEndpoint);
    }

    [Fact]
    public void Without_an_address_to_listen_at_the_one_that_others_know_has_to_be_its_own()
    {
        var refused = Assert.Throws<SettingsException>(() => EndpointsOf(Foreign, listen: null));

        Assert.Contains("Cluster:Address", refused.Message, StringComparison.Ordinal);
    }

    private static EndpointOptions EndpointsOf(string address, string? listen)
    {
        var cluster = new ClusterSettings { Address = address, ListenAddress = listen, SiloPort = 11112, GatewayPort = 30001 };
        var storage = new StorageSettings { Provider = StorageSettings.Postgres, ConnectionString = "Host=database.invalid;Database=grains" };
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.AddStore(cluster, storage));
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
    }
}
