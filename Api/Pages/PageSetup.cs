using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Mvc;
using MudBlazor.Services;
using RechargeGrains.Api.Pages.Staff;
using RechargeGrains.Api.People;

namespace RechargeGrains.Api.Pages;

/// <summary>The pages: Blazor with MudBlazor, live over one connection for each browser.</summary>
internal static class PageSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        // From the folder of the build, where files of packages stay in their packages; of a published program it changes nothing.
        builder.WebHost.UseStaticWebAssets();
        // What watches files for changes takes some of the packages' for changed, and serves them without compression (627 kB instead of 67).
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices(mud => mud.SnackbarConfiguration.PreventDuplicates = false);
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "rg.form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthorization();
        builder.Services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        builder.Services.AddScoped<ClientAddress>();
        builder.Services.AddScoped<TabVisibility>();
        builder.Services.AddScoped<Workspace>();
        builder.Services.AddSingleton<HealthBoard>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
        // Another site must not frame the pages; the header of PageHeaders says so, and the framework's own would be looser.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
    }

    // A value from the form makes the framework check the form's token.
    private static async Task<IResult> SignOutAsync(HttpContext context, SignInDesk desk, [FromForm] string? next)
    {
        await desk.SignOutAsync(context.User, context.Connection.RemoteIpAddress?.ToString());
        return TypedResults.LocalRedirect(SignInSetup.SignInPath);
    }
}
