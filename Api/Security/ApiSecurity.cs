using Microsoft.AspNetCore.Identity;

namespace RechargeGrains.Api.Security;

internal static partial class ApiSecurity
{
    private const string OperatorTokenKey = "Operator:BootstrapToken";

    /// <summary>Programs show a bearer token, browsers a cookie.</summary>
    private const string ByRequest = "ByRequest";

    /// <summary>Where a cookie means nothing, so that no foreign page can make a browser change something there.</summary>
    private static readonly PathString[] ForPrograms = ["/api", "/hooks"];

    public static void AddApiSecurity(this WebApplicationBuilder builder) => builder.Services
        .AddAuthentication(ByRequest)
        .AddPolicyScheme(ByRequest, displayName: null, options => options.ForwardDefaultSelector = SchemeOf)
        .AddScheme<BearerTokenOptions, BearerTokenHandler>(
            BearerTokenHandler.SchemeName,
            options => options.OperatorToken = builder.Configuration[OperatorTokenKey]);

    /// <summary>Says so when no program could do anything, which a first start without settings would otherwise leave to be guessed.</summary>
    public static void WarnWithoutOperator(this WebApplication app)
    {
        if (string.IsNullOrEmpty(app.Configuration[OperatorTokenKey]))
            LogNoOperator(app.Logger);
    }

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || Array.Exists(ForPrograms, path => context.Request.Path.StartsWithSegments(path))
            ? BearerTokenHandler.SchemeName
            : IdentityConstants.ApplicationScheme;

    [LoggerMessage(5301, LogLevel.Information, "Operator:BootstrapToken is not set, so the API makes no tenants; staff make them on the pages. Set it to a long random text to use it as a bearer token")]
    private static partial void LogNoOperator(ILogger logger);
}
