using RechargeGrains.Api.Accounts;
using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Dashboard;
using RechargeGrains.Api.Deliveries;
using RechargeGrains.Api.Health;
using RechargeGrains.Api.Hooks;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Limits;
using RechargeGrains.Api.Pages;
using RechargeGrains.Api.Pages.Deliveries;
using RechargeGrains.Api.People;
using RechargeGrains.Api.Security;
using RechargeGrains.Api.SetAside;
using RechargeGrains.Api.Tenants;
using RechargeGrains.Grains.Connections;
using RechargeGrains.Silo.Health;
using RechargeGrains.Silo.Hosting;
using RechargeGrains.Silo.Telemetry;

namespace RechargeGrains.Api;

/// <summary>Puts the program together: web host, front door, API, and by default a silo in the same process.</summary>
public static class ApiHost
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static WebApplication Build(string[] args) => Build(args, null);

    /// <inheritdoc cref="Build(string[])"/>
    /// <param name="args">Settings of the command line.</param>
    /// <param name="configure">The last word on services, for a host that brings its own clock.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // The program's own folder, so that it does not matter where it is started from.
            ContentRootPath = AppContext.BaseDirectory,
            // Also where another program hosts it: the files of the pages are found by this name.
            ApplicationName = typeof(ApiHost).Assembly.GetName().Name,
        });
        builder.AddJsonLogging();
        builder.AddTelemetry();
        AddCluster(builder);
        builder.AddApiSecurity();
        builder.AddSignIn();
        builder.AddPages();
        builder.Services.AddSingleton<ListeningAddress>();
        if (!IsEmbedded(builder))
            builder.Services.AddHostedService<FrontDoorAnnouncer>();
        builder.Services.AddScoped<AuditTrail>();
        builder.Services.AddSingleton<ConnectionBoard>();
        builder.Services.AddSingleton<Replayer>();
        builder.Services.AddSingleton<CustomerFinder>();
        builder.AddHooks();
        builder.AddLimits();
        builder.Services.AddApiProblems();
        builder.Services.AddOpenApi();
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            // A little above what a webhook may have, so that the front door itself says what is too large.
            kestrel.Limits.MaxRequestBodySize = Math.Max(RequestBody.MaxBytes, HookOptions.Of(context.Configuration).MaxBodyBytes) + 1_024;
        });
        var hasUrl = !string.IsNullOrWhiteSpace(builder.Configuration["urls"]) || builder.Configuration.GetSection("Kestrel:Endpoints").Exists()
            || !string.IsNullOrWhiteSpace(builder.Configuration["http_ports"]);
        if (!hasUrl)
            builder.WebHost.UseUrls(DefaultUrl);

        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseTrustedProxies();
        app.UsePageHeaders();
        app.UseApiProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseLimits();
        app.UsePageGate();
        app.UseAntiforgery();
        app.UseFormRefusal();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHooks();
        app.MapHealth(app.Services.GetRequiredService<Readiness>());
        app.MapPrometheus();
        app.MapTenants();
        app.MapAccounts();
        app.MapConnections();
        app.MapDeliveries();
        app.MapSetAside();
        app.MapPeople();
        app.MapStaff();
        app.MapAudit();
        app.MapPages();
        app.MapDeliveryExport();
        app.MapExternalSignIn();
        app.MapDashboard();
        app.WarnWithoutOperator();
        TellPublicAddress(app);
        return app;
    }

    private static bool IsEmbedded(WebApplicationBuilder builder) => builder.Configuration.GetValue("Hosting:EmbeddedSilo", true);

    private static void AddCluster(WebApplicationBuilder builder)
    {
        builder.AddDrain(isAlone: IsEmbedded(builder));
        if (IsEmbedded(builder))
            builder.AddRechargeSilo();
        else
            builder.AddRechargeClient();
    }

    /// <summary>Without a setting, webhooks are registered at the address that is listened on, which is known only once it is.</summary>
    private static void TellPublicAddress(WebApplication app)
    {
        if (app.Services.GetService<PublicAddress>() is not { Base: null } address)
            return;
        app.Lifetime.ApplicationStarted.Register(() => address.Base = app.Services.GetRequiredService<ListeningAddress>().Local ?? address.Base);
    }
}
