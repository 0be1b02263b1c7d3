using System.Net.Http.Headers;

namespace RechargeGrains.Api.Pages;

/// <summary>Headers that keep browsers from doing what they need not.</summary>
internal static class PageHeaders
{
    /// <summary>
    /// Scripts from here alone and none in a page. MudBlazor puts styles into elements, so styles may be there. The other-host rules
    /// leave nothing to load from or to send to.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    /// <summary>The Orleans Dashboard has an icon font in its style sheet.</summary>
    private static readonly string DashboardPolicy = ContentPolicy.Replace("font-src 'self'", "font-src 'self' data:", StringComparison.Ordinal);

    public static void UsePageHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the start of the answer: an error clears what was set before it.
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // An invitation's code is in an address.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/dashboard") ? DashboardPolicy : ContentPolicy;
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        // Pages hold personal data; only files of the program may be kept.
        if (MediaTypeHeaderValue.TryParse(context.Response.ContentType, out var type) && type.MediaType == "text/html")
            headers.CacheControl = "no-store";
    }
}
