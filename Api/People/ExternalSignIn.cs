using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using RechargeGrains.Api.Pages.SignIn;

namespace RechargeGrains.Api.People;

/// <summary>
/// Sign-in with OpenID Connect: the authorization code flow with PKCE. The provider vouches for an e-mail address; whether and as what its
/// owner is let in is ours to say. Nothing of the provider's is kept.
/// </summary>
internal static class ExternalSignIn
{
    public const string CallbackPath = "/sign-in/callback";

    private const string StartPath = "/sign-in/external";

    private const string EndPath = "/sign-in/external/done";

    /// <summary>How long somebody may take at the provider.</summary>
    private static readonly TimeSpan TimeAtProvider = TimeSpan.FromMinutes(15);

    public static void AddProvider(this AuthenticationBuilder authentication, SignInOptions.ProviderOptions provider)
    {
        authentication.AddOpenIdConnect(options =>
        {
            options.Authority = provider.Authority;
            options.ClientId = provider.ClientId;
            options.ClientSecret = provider.ClientSecret;
            // The settings take http from this machine alone.
            options.RequireHttpsMetadata = new Uri(provider.Authority!).Scheme == Uri.UriSchemeHttps;
            // The client's secret is for the provider that the settings name.
            options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.CallbackPath = CallbackPath;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // By query and not by a form, with which a browser sends no cookie that another site must not make it send.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.SaveTokens = false;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.RemoteAuthenticationTimeout = TimeAtProvider;
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("profile");
            options.Scope.Add("email");
            options.ClaimActions.MapUniqueJsonKey(VerifiedClaim, VerifiedClaim);
            Shelter(options.CorrelationCookie, "rg.correlation.");
            Shelter(options.NonceCookie, "rg.nonce.");
            options.Events.OnRedirectToIdentityProvider = NameCallback;
            options.Events.OnRemoteFailure = FailAsync;
        });
    }

    public static void MapExternalSignIn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<SignInOptions>().IsExternal)
            return;
        app.MapPost(StartPath, StartAsync).RequireRateLimiting(SignInSetup.RatePolicy).ExcludeFromDescription();
        app.MapGet(EndPath, EndAsync).ExcludeFromDescription();
    }

    private const string VerifiedClaim = "email_verified";

    private static void Shelter(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>The address that people know, which need not be the one that the request was made to.</summary>
    private static Task NameCallback(RedirectContext context)
    {
        var address = context.HttpContext.RequestServices.GetRequiredService<ListeningAddress>();
        if (address.IsSet)
            context.ProtocolMessage.RedirectUri = address.Value + CallbackPath;
        return Task.CompletedTask;
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        SignInLog.ExternalFailed(context.HttpContext.RequestServices.GetRequiredService<ILogger<SignInDesk>>(), context.Failure);
        context.Response.Redirect(NoticePath("failed"));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    // A value from the form makes the framework check the form's token.
    private static async Task StartAsync(HttpContext context, [FromForm] string? next)
    {
        var end = $"{EndPath}?next={Uri.EscapeDataString(LocalPath.Of(next))}";
        try
        {
            await context.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = end });
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The provider does not answer, or what it answers is no description of one.
            SignInLog.ExternalFailed(context.RequestServices.GetRequiredService<ILogger<SignInDesk>>(), failure);
            context.Response.Redirect(NoticePath("failed"));
            return;
        }

        if (context.Response.StatusCode != StatusCodes.Status302Found)
            return;
        // The content security policy lets forms lead nowhere else, also not by a redirect; a page may.
        var target = HtmlEncoder.Default.Encode(context.Response.Headers.Location.ToString());
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sign in</title><meta http-equiv=\"refresh\" content=\"0;url={target}\"></head>"
            + $"<body><main><h1>Sign in</h1><p><a href=\"{target}\">Go on to the sign-in</a></p></main></body></html>");
    }

    private static async Task<IResult> EndAsync(HttpContext context, string? next, SignInDesk desk)
    {
        var external = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (external is not { Succeeded: true, Principal: { } principal } || principal.FindFirstValue("email") is not { Length: > 0 } email)
            return TypedResults.LocalRedirect(NoticePath("failed"));
        if (principal.FindAll(VerifiedClaim).Any(claim => !claim.Value.Equals("true", StringComparison.OrdinalIgnoreCase)))
            return TypedResults.LocalRedirect(NoticePath("unverified"));
        var from = context.Connection.RemoteIpAddress?.ToString();
        return await desk.LetInVouchedAsync(email, principal.FindFirstValue("name") ?? email, from)
            ? TypedResults.LocalRedirect(LocalPath.Of(next))
            : TypedResults.LocalRedirect(NoticePath("unknown"));
    }

    private static string NoticePath(string notice) => $"{SignInSetup.SignInPath}?notice={notice}";
}
