using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace RechargeGrains.Api.Http;

/// <summary>A JSON body that may be left out, which then has nothing but defaults. One that is there is read as <see cref="RequestBody{T}"/>.</summary>
internal sealed class OptionalBody<T> : IEndpointParameterMetadataProvider
    where T : class, new()
{
    private OptionalBody(T value, FieldErrors errors)
    {
        Value = value;
        Errors = errors;
    }

    public T Value { get; }

    public FieldErrors Errors { get; }

    public static async ValueTask<OptionalBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return new OptionalBody<T>(new T(), new FieldErrors());
        var body = await RequestBody<T>.BindAsync(context, parameter);
        return new OptionalBody<T>(body.Value, body.Errors);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => RequestBody<T>.PopulateMetadata(parameter, builder);
}
