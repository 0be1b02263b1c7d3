namespace RechargeGrains.Api.Tests.Pages;

/// <summary>The product where people sign in with a provider alone.</summary>
public sealed class OpenIdConnectFixture : BrowserFixture
{
    public const string OperatorEmail = "olga@hosting.test";

    internal TestProvider Provider { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Provider is not null)
            await Provider.DisposeAsync();
    }

    protected override async Task PrepareSettingsAsync(ProductSettings settings)
    {
        Provider = await TestProvider.StartAsync();
        settings.Environment["SignIn__OpenIdConnect__Authority"] = Provider.Address;
        settings.Environment["SignIn__OpenIdConnect__ClientId"] = TestProvider.ClientId;
        settings.Environment["SignIn__OpenIdConnect__ClientSecret"] = TestProvider.ClientSecret;
        settings.Environment["SignIn__OpenIdConnect__DisplayName"] = "Example Id";
        settings.Environment["SignIn__OpenIdConnect__Operators__0"] = OperatorEmail;
    }
}
