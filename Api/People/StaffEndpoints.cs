using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.People;

/// <summary>Those of the hosting company who may sign in.</summary>
internal static class StaffEndpoints
{
    public static void MapStaff(this WebApplication app)
    {
        var staff = app.MapGroup("/api/v1/staff").WithTags("Staff");
        staff.MapGet("", ListAsync).ForOperators();
        staff.MapPost("", InviteAsync).ForOperators().Audit("person.invited");
        staff.MapPost("/{personId}/invite", InviteAgainAsync).ForOperators().Audit("person.invited", "personId");
        staff.MapDelete("/{personId}", RemoveAsync).ForOperators().Audit("person.removed", "personId");
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains) =>
        TypedResults.Ok(new PersonList([.. (await Staff(grains).ListAsync()).Select(PersonBody.Of)]));

    private static async Task<IResult> InviteAsync(
        HttpContext http, RequestBody<InvitePerson> body, IGrainFactory grains, ListeningAddress address, SignInOptions options)
    {
        var (email, name) = body.Value.Read(body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        Audited.Note(http, email, "as operator");
        return InvitationBody.ResultOf(await Staff(grains).InviteAsync(email, name, Role.Operator), address, options);
    }

    private static async Task<IResult> InviteAgainAsync(string personId, IGrainFactory grains, ListeningAddress address, SignInOptions options) =>
        InvitationBody.ResultOf(await Staff(grains).InviteAgainAsync(personId), address, options);

    private static async Task<IResult> RemoveAsync(string personId, IGrainFactory grains) => (await Staff(grains).RemoveAsync(personId)).Error switch
    {
        null => TypedResults.NoContent(),
        { Code: "not_found" } => ApiError.NotFound(),
        { } error => ApiError.Of(StatusCodes.Status409Conflict, error.Code, error.Message),
    };

    private static IPeopleGrain Staff(IGrainFactory grains) => grains.GetGrain<IPeopleGrain>(PersonKey.Staff);
}
