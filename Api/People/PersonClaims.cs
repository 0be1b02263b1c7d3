using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RechargeGrains.Api.Security;

namespace RechargeGrains.Api.People;

/// <summary>What a session says of its person: who, what they may do and where, and the stamp that ends it.</summary>
internal sealed class PersonClaims(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<SignInUser>
{
    public Task<ClaimsPrincipal> CreateAsync(SignInUser user)
    {
        var person = user.Person;
        var caller = new Caller(person.Role, person.Key.TenantId) { PersonId = person.Key.ToString(), Name = person.Name, Email = person.Email };
        var principal = caller.ToPrincipal(IdentityConstants.ApplicationScheme);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(options.Value.ClaimsIdentity.SecurityStampClaimType, person.SecurityStamp));
        identity.AddClaim(Sessions.StampOf(person));
        return Task.FromResult(principal);
    }
}
