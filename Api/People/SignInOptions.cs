using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Api.People;

/// <summary>Settings under <c>SignIn</c>: with passwords kept here, or with OpenID Connect where a provider is named.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    private static readonly TimeSpan LongestCheck = TimeSpan.FromHours(1);

    /// <summary>Whether people sign in with a password. If it is not set: unless a provider is named.</summary>
    public bool? Local { get; set; }

    public ProviderOptions OpenIdConnect { get; set; } = new();

    /// <summary>So long after somebody was removed or given another role their session ends at the latest. Default a minute.</summary>
    public TimeSpan CheckSessionsEvery { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsExternal => OpenIdConnect.Authority is { Length: > 0 };

    public bool IsLocal => Local ?? !IsExternal;

    public string DisplayName => OpenIdConnect.DisplayName;

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static SignInOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<SignInOptions>() ?? new SignInOptions();
        if (options.CheckSessionsEvery <= TimeSpan.Zero || options.CheckSessionsEvery > LongestCheck)
            throw new SettingsException($"SignIn:CheckSessionsEvery is {options.CheckSessionsEvery:c}; expected is a time of at most {LongestCheck:c}.");
        if (!options.IsExternal)
        {
            return options.IsLocal
                ? options
                : throw new SettingsException("SignIn:Local is false and SignIn:OpenIdConnect:Authority is missing; expected is one way to sign in.");
        }

        if (!Uri.TryCreate(options.OpenIdConnect.Authority, UriKind.Absolute, out var url) || (url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback)))
            throw new SettingsException($"SignIn:OpenIdConnect:Authority is '{options.OpenIdConnect.Authority}'; expected is the provider's https address.");
        if (string.IsNullOrWhiteSpace(options.OpenIdConnect.ClientId))
            throw new SettingsException("SignIn:OpenIdConnect:ClientId is missing; expected is the id that the provider gave to this service.");
        if (options.OpenIdConnect.Operators.FirstOrDefault(email => !EmailRule.IsAddress(email)) is { } wrong)
            throw new SettingsException($"SignIn:OpenIdConnect:Operators has '{wrong}'; expected are e-mail addresses.");
        return options;
    }

    /// <summary>A provider of OpenID Connect.</summary>
    internal sealed class ProviderOptions
    {
        /// <summary>Its address, below which <c>.well-known/openid-configuration</c> is found. Plain http is taken from this machine alone.</summary>
        public string? Authority { get; set; }

        public string? ClientId { get; set; }

        public string? ClientSecret { get; set; }

        /// <summary>On the button.</summary>
        public string DisplayName { get; set; } = "your company's account";

        /// <summary>E-mail addresses of staff who are let in without an invitation, so that there is a first one.</summary>
        public IReadOnlyList<string> Operators { get; set; } = [];

        public bool IsOperator(string email) => Operators.Contains(email, StringComparer.OrdinalIgnoreCase);
    }
}
