namespace RechargeGrains.Api.Tests.Pages;

/// <summary>The product behind a proxy on this machine, looking often whether sessions are still good.</summary>
public sealed class SessionFixture : BrowserFixture
{
    protected override void Configure(ProductSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Environment["SignIn__CheckSessionsEvery"] = "00:00:01";
        settings.Environment["Hosting__TrustedProxies"] = "127.0.0.1, 10.0.0.0/8";
    }
}
