using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace RechargeGrains.Api.Http;

/// <summary>Makes the errors of the API: RFC 9457 problems with a stable <c>code</c>.</summary>
internal static class ApiError
{
    public const string InvalidRequest = "invalid_request";

    public static ProblemHttpResult Unauthenticated() =>
        Of(StatusCodes.Status401Unauthorized, "unauthenticated", "A bearer token is missing, unknown or revoked.");

    public static ProblemHttpResult Forbidden() =>
        Of(StatusCodes.Status403Forbidden, "forbidden", "This token's role may not do this.");

    public static ProblemHttpResult NotFound() =>
        Of(StatusCodes.Status404NotFound, "not_found", "There is no such thing here.");

    /// <param name="errors">What is wrong, by field.</param>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) => TypedResults.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request breaks a rule.",
        Detail = string.Join(" ", errors.Values.SelectMany(messages => messages)),
        Extensions = { ["code"] = InvalidRequest, ["errors"] = errors },
    });

    public static ProblemHttpResult Of(int status, string code, string detail) => TypedResults.Problem(Details(status, code, detail));

    public static ProblemDetails Details(int status, string code, string detail) =>
        new() { Status = status, Title = TitleOf(status), Detail = detail, Extensions = { ["code"] = code } };

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request breaks a rule.",
        StatusCodes.Status401Unauthorized => "Who are you?",
        StatusCodes.Status403Forbidden => "Not allowed.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status409Conflict => "Not possible as things stand.",
        StatusCodes.Status413PayloadTooLarge => "Too large.",
        StatusCodes.Status422UnprocessableEntity => "Not accepted.",
        StatusCodes.Status429TooManyRequests => "Too often.",
        StatusCodes.Status503ServiceUnavailable => "Not available just now.",
        _ => "Something went wrong.",
    };
}
