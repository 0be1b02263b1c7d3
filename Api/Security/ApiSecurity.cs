using Microsoft.AspNetCore.Authentication;

namespace RechargeGrains.Api.Security;

internal static class ApiSecurity
{
    private const string OperatorTokenKey = "Operator:BootstrapToken";

    public static void AddApiSecurity(this WebApplicationBuilder builder)
    {
        // The core alone: the whole set-up would bring a key ring for cookies, of which there are none.
        builder.Services.AddAuthenticationCore(options => options.DefaultScheme = BearerTokenHandler.SchemeName);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services)
            .AddScheme<BearerTokenOptions, BearerTokenHandler>(
                BearerTokenHandler.SchemeName,
                options => options.OperatorToken = builder.Configuration[OperatorTokenKey]);
    }
}
