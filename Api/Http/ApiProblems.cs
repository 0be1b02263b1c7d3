using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace RechargeGrains.Api.Http;

internal static class ApiProblems
{
    private const string RetryAfterSeconds = "5";

    public static IServiceCollection AddApiProblems(this IServiceCollection services) => services.AddProblemDetails();

    /// <summary>Whether somebody looks at a page, who is told in words what a program is told in JSON.</summary>
    private static bool IsForPeople(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/hooks")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The answer to what takes too long.</summary>
    public static IResult Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(Unavailable());
    }

    /// <summary>
    /// Gives every error a body with a code, also those that no endpoint makes. A failure inside is 503 with <c>Retry-After</c>:
    /// what was asked for may or may not have been done, and asking again tells.
    /// </summary>
    public static void UseApiProblems(this WebApplication app)
    {
        // What is told to programs has a body, which these leave alone.
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(context => !IsForPeople(context), UseProblems);
    }

    private static void UseProblems(IApplicationBuilder app)
    {
        app.UseExceptionHandler(failed => failed.Run(async context =>
        {
            var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            if (failure is BadHttpRequestException bad)
            {
                await WriteAsync(context, ApiError.Details(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too_large" : ApiError.InvalidRequest, "The request could not be read."));
                return;
            }

            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await WriteAsync(context, Unavailable());
        }));
        app.UseStatusCodePages(async pages =>
        {
            var status = pages.HttpContext.Response.StatusCode;
            var code = status switch
            {
                StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
                StatusCodes.Status404NotFound => "not_found",
                StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
                _ => ApiError.InvalidRequest,
            };
            await WriteAsync(pages.HttpContext, ApiError.Details(status, code, "There is nothing at this address that answers this way."));
        });
    }

    private static ProblemDetails Unavailable() =>
        ApiError.Details(StatusCodes.Status503ServiceUnavailable, "unavailable", "The service could not do this just now. Try again.");

    private static async Task WriteAsync(HttpContext context, ProblemDetails details)
    {
        context.Response.StatusCode = details.Status ?? StatusCodes.Status500InternalServerError;
        // Whoever asks for something other than JSON gets the error as JSON all the same; the service alone would refuse to write it.
        var problem = new ProblemDetailsContext { HttpContext = context, ProblemDetails = details };
        if (!await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(problem))
            await TypedResults.Problem(details).ExecuteAsync(context);
    }
}
