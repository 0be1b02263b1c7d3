using Microsoft.AspNetCore.Authentication;

namespace RechargeGrains.Api.Security;

internal sealed class BearerTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>Setting <c>Operator:BootstrapToken</c>; null if there is none. Never logged.</summary>
    public string? OperatorToken { get; set; }
}
