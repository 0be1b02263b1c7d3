using Microsoft.AspNetCore.Authentication;

namespace RechargeGrains.Api.Security;

internal static partial class ApiSecurity
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

    /// <summary>Says so when nobody could do anything, which a first start without settings would otherwise leave to be guessed.</summary>
    public static void WarnWithoutOperator(this WebApplication app)
    {
        if (string.IsNullOrEmpty(app.Configuration[OperatorTokenKey]))
            LogNoOperator(app.Logger);
    }

    [LoggerMessage(5301, LogLevel.Warning, "Operator:BootstrapToken is not set, so no tenant can be made. Set it to a long random text and use it as a bearer token")]
    private static partial void LogNoOperator(ILogger logger);
}
