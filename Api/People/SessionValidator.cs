using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace RechargeGrains.Api.People;

/// <summary>Looks now and then whether the session behind a cookie is still good.</summary>
internal sealed class SessionValidator(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<SignInUser> signIn, ILoggerFactory logging, TimeProvider time)
    : SecurityStampValidator<SignInUser>(options, signIn, logging)
{
    protected override async Task<SignInUser?> VerifySecurityStamp(ClaimsPrincipal? principal) =>
        await base.VerifySecurityStamp(principal) is { } user && Sessions.IsGood(principal!, user.Person, time.GetUtcNow()) ? user : null;
}
