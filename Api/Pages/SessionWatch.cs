using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using RechargeGrains.Api.People;
using SignInOptions = RechargeGrains.Api.People.SignInOptions;

namespace RechargeGrains.Api.Pages;

/// <summary>Ends the session of a page that is open when its person was removed or given another role, within a minute unless the settings say otherwise.</summary>
internal sealed class SessionWatch(ILoggerFactory logging, IServiceScopeFactory scopes, SignInOptions options) : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => options.CheckSessionsEvery;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<SignInUser>>();
        var session = authenticationState.User;
        if (await users.GetUserAsync(session) is not { } user)
            return false;
        return session.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType) == user.Person.SecurityStamp;
    }
}
