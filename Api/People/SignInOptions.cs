using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Api.People;

/// <summary>Settings under <c>SignIn</c>: with passwords kept here, or with OpenID Connect where a provider is named.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Whether people sign in with a password. If it is not set: unless a provider is named.</summary>
    public bool? Local { get; set; }

    public ProviderOptions OpenIdConnect { get; set; } = new();

    public bool IsExternal => OpenIdConnect.Authority is { Length: > 0 };

    public bool IsLocal => Local ?? !IsExternal;

    public string DisplayName => OpenIdConnect.DisplayName;

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static SignInOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<SignInOptions>() ?? new SignInOptions();
        if (!options.IsExternal)
        {
            return options.IsLocal
                ? options
                : throw new SettingsException("SignIn:Local is false and SignIn:OpenIdConnect:Authority is missing; expected is one way to sign in.");
        }

        if (!Uri.TryCreate(options.OpenIdConnect.Authority, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            throw new SettingsException($"SignIn:OpenIdConnect:Authority is '{options.OpenIdConnect.Authority}'; expected is the provider's https address.");
        if (string.IsNullOrWhiteSpace(options.OpenIdConnect.ClientId))
            throw new SettingsException("SignIn:OpenIdConnect:ClientId is missing; expected is the id that the provider gave to this service.");
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
    }
}
