using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using RechargeGrains.Api.Http;

namespace RechargeGrains.Api.People;

/// <summary>Sign-in of people with ASP.NET Core Identity, over grains.</summary>
internal static class SignInSetup
{
    /// <summary>Rate limit of everything that tries a password or a code.</summary>
    public const string RatePolicy = "sign-in";

    public const string SignInPath = "/sign-in";

    private const string CookieName = "rg.session";

    /// <summary>Of one network address in a minute.</summary>
    private const int TriesPerMinute = 20;

    private const int WrongPasswords = 5;
    private const int ShortestPassword = 12;

    /// <summary>What OWASP advises for PBKDF2 with HMAC-SHA-512 (Password Storage Cheat Sheet).</summary>
    private const int HashIterations = 210_000;

    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var options = SignInOptions.Of(builder.Configuration);
        services.AddSingleton(options);
        services.AddDataProtection().SetApplicationName("RechargeGrains");
        services.AddOptions<KeyManagementOptions>().Configure<IGrainFactory>((keys, grains) => keys.XmlRepository = new GrainKeyRing(grains));
        services.AddIdentityCore<SignInUser>(identity =>
        {
            identity.User.AllowedUserNameCharacters = "";
            identity.Lockout.MaxFailedAccessAttempts = WrongPasswords;
            identity.Lockout.DefaultLockoutTimeSpan = LockedFor;
            // Length is what counts; rules about kinds of characters make passwords that are easier to guess, not harder.
            identity.Password = new PasswordOptions
            {
                RequiredLength = ShortestPassword,
                RequiredUniqueChars = 4,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
        }).AddUserStore<PersonStore>().AddClaimsPrincipalFactory<PersonClaims>().AddSignInManager();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        services.Configure<SecurityStampValidatorOptions>(stamp =>
        {
            stamp.ValidationInterval = options.CheckSessionsEvery;
            stamp.OnRefreshingPrincipal = context =>
            {
                Sessions.Carry(context.CurrentPrincipal!, context.NewPrincipal!);
                return Task.CompletedTask;
            };
        });
        services.AddScoped<ISecurityStampValidator, SessionValidator>();
        var authentication = new AuthenticationBuilder(services);
        authentication.AddIdentityCookies();
        if (options.IsExternal)
            authentication.AddProvider(options.OpenIdConnect);
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            // Lax, not Strict: a link in a mail to a page should find its reader signed in. Pages change nothing on GET.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = Sessions.Length;
            cookie.SlidingExpiration = false;
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "next";
        });
        services.AddRateLimiter(limiter => limiter.AddPolicy<string, SignInRate>(RatePolicy));
        services.AddScoped<SignInDesk>();
        services.AddHostedService<FirstOperator>();
    }

    /// <summary>Counts what tries something, not what looks at the form.</summary>
    private sealed class SignInRate : IRateLimiterPolicy<string>
    {
        public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = 60.ToString(CultureInfo.InvariantCulture);
            FormRefusal.Refuse(context.HttpContext, StatusCodes.Status429TooManyRequests);
            return ValueTask.CompletedTask;
        };

        public RateLimitPartition<string> GetPartition(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                NetworkOf(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("");

        /// <summary>An IPv6 network of 64 bits is one house, and has more addresses than anybody could count.</summary>
        private static string NetworkOf(IPAddress? address) => address switch
        {
            null => "",
            { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
            _ => address.MapToIPv4().ToString(),
        };
    }
}
