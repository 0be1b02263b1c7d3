using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Api.Tenants;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.People;

/// <summary>Those who may sign in for a tenant.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this WebApplication app)
    {
        var people = app.MapGroup($"{Access.TenantRoute}/people").WithTags("People");
        people.MapGet("", ListAsync).ForTenant(Role.Member);
        people.MapPost("", InviteAsync).ForTenant(Role.Administrator).Audit("person.invited");
        people.MapPost("/{personId}/invite", InviteAgainAsync).ForTenant(Role.Administrator).Audit("person.invited", "personId");
        people.MapDelete("/{personId}", RemoveAsync).ForTenant(Role.Administrator).Audit("person.removed", "personId");
    }

    private static async Task<IResult> ListAsync(string tenantId, IGrainFactory grains) =>
        TypedResults.Ok(new PersonList([.. (await grains.GetGrain<IPeopleGrain>(tenantId).ListAsync()).Select(PersonBody.Of)]));

    private static async Task<IResult> InviteAsync(
        HttpContext http, string tenantId, RequestBody<InvitePerson> body, IGrainFactory grains, ListeningAddress address, SignInOptions options)
    {
        var (email, name) = body.Value.Read(body.Errors);
        var role = RoleNames.Read(body.Value.Role, body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        Audited.Note(http, email, $"as {body.Value.Role}");
        return InvitationBody.ResultOf(await grains.GetGrain<IPeopleGrain>(tenantId).InviteAsync(email, name, role!.Value), address, options);
    }

    private static async Task<IResult> InviteAgainAsync(string tenantId, string personId, IGrainFactory grains, ListeningAddress address, SignInOptions options) =>
        InvitationBody.ResultOf(await grains.GetGrain<IPeopleGrain>(tenantId).InviteAgainAsync(personId), address, options);

    private static async Task<IResult> RemoveAsync(string tenantId, string personId, IGrainFactory grains) =>
        (await grains.GetGrain<IPeopleGrain>(tenantId).RemoveAsync(personId)).Error is null ? TypedResults.NoContent() : ApiError.NotFound();
}
