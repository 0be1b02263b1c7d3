namespace RechargeGrains.Api.Security;

internal static class ApiSecurity
{
    private const string OperatorTokenKey = "Operator:BootstrapToken";

    public static void AddApiSecurity(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddAuthentication(BearerTokenHandler.SchemeName)
            .AddScheme<BearerTokenOptions, BearerTokenHandler>(
                BearerTokenHandler.SchemeName,
                options => options.OperatorToken = builder.Configuration[OperatorTokenKey]);
    }
}
