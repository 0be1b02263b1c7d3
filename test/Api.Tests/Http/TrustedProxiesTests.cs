using System.Net;
using RechargeGrains.Api.Http;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Api.Tests.Http;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData(" , ", 0)]
    [InlineData("127.0.0.1", 1)]
    [InlineData("127.0.0.1, ::1, 10.0.0.0/8", 3)]
    public void Addresses_and_networks_are_read(string? setting, int count) => Assert.Equal(count, TrustedProxies.Read(setting).Count);

    [Fact]
    public void An_address_is_trusted_alone()
    {
        var network = Assert.Single(TrustedProxies.Read("10.1.2.3"));

        Assert.True(network.Contains(IPAddress.Parse("10.1.2.3")));
        Assert.False(network.Contains(IPAddress.Parse("10.1.2.4")));
    }

    [Theory]
    [InlineData("proxy.example.test")]
    [InlineData("10.0.0.0/33")]
    [InlineData("127.0.0.1;10.0.0.1")]
    public void Anything_else_is_refused(string setting) => Assert.Throws<SettingsException>(() => TrustedProxies.Read(setting));
}
