using Microsoft.AspNetCore.Antiforgery;

namespace RechargeGrains.Api.Http;

/// <summary>Refuses what was sent with a form, so that a page says why.</summary>
internal static class FormRefusal
{
    /// <summary>Answers 400 to a form without the token of a page of ours, before anything looks at what is in it.</summary>
    public static void UseFormRefusal(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) || context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);
        Refuse(context, StatusCodes.Status400BadRequest);
        return Task.CompletedTask;
    });

    /// <summary>Leaves the body to the page of the status. That page is looked at and takes no form.</summary>
    public static void Refuse(HttpContext context, int status)
    {
        context.Request.Method = HttpMethods.Get;
        context.Response.StatusCode = status;
    }
}
