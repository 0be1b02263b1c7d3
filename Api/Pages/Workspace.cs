using Microsoft.AspNetCore.Components.Authorization;
using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Pages.Staff;
using RechargeGrains.Api.People;
using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages;

/// <summary>
/// The way from a page to grains: whatever a page shows or does of a tenant goes through a door that is opened here for the person who
/// looks, so that no page has to remember who may what.
/// </summary>
internal sealed class Workspace(IGrainFactory grains, AuthenticationStateProvider session, AuditTrail audit, ClientAddress client, TimeProvider time)
{
    /// <summary>Null for a tenant that there is not, or that the person may not know of.</summary>
    public async Task<TenantDoor?> EnterAsync(string tenantId)
    {
        if (await CallerAsync() is not { } caller || !TenantId.IsValid(tenantId) || !caller.Sees(tenantId))
            return null;
        return await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is { } tenant ? new TenantDoor(this, grains, caller, tenant) : null;
    }

    /// <summary>Null for whoever is not of the staff.</summary>
    public async Task<StaffDoor?> EnterStaffAsync() => await CallerAsync() is { Role: Role.Operator } caller ? new StaffDoor(this, caller) : null;

    /// <summary>Who looks, as of the last look at their session.</summary>
    public async Task<Caller?> CallerAsync() => Caller.Of((await session.GetAuthenticationStateAsync()).User);

    /// <summary>Who looks, as of now: null where the session has ended or the role was changed while the page was open.</summary>
    public async Task<Caller?> CallerNowAsync()
    {
        var user = (await session.GetAuthenticationStateAsync()).User;
        return Caller.Of(user) is { } caller && PersonKey.TryParse(caller.PersonId) is { } key
            && Sessions.IsGood(user, await grains.GetGrain<IPeopleGrain>(key.Group).FindAsync(key.PersonId), time.GetUtcNow())
                ? caller
                : null;
    }

    /// <summary>Writes down what somebody did.</summary>
    public Task RecordAsync(string group, Caller caller, string action, string? target = null, string? detail = null) =>
        audit.AddAsync(group, caller.Who, action, target, client.From, detail);
}
