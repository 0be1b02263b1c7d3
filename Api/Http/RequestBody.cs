using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace RechargeGrains.Api.Http;

/// <summary>
/// A JSON body that was read without giving up: what is wrong with it is an answer by field, not an exception. A handler looks at
/// <see cref="Errors"/> after its own rules have added theirs.
/// </summary>
internal sealed class RequestBody<T> : IEndpointParameterMetadataProvider
    where T : class, new()
{
    /// <summary>The path to a field may be as long as the body.</summary>
    private const int MaxField = 100;

    private RequestBody(T value)
    {
        Value = value;
    }

    public T Value { get; }

    public FieldErrors Errors { get; } = new();

    public static async ValueTask<RequestBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Request.ContentLength > RequestBody.MaxBytes)
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        // A body that does not tell its length is counted as it comes.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = RequestBody.MaxBytes;
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        reading.CancelAfter(RequestBody.Within);
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, JsonSerializerOptions.Web, reading.Token);
            if (value is not null)
                return new RequestBody<T>(value);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body came too slowly.", StatusCodes.Status408RequestTimeout);
        }
        catch (JsonException failure)
        {
            var body = new RequestBody<T>(new T());
            var field = failure.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 and <= MaxField } path ? path : "body";
            body.Errors.Add(field, field == "body" ? "The body is not the JSON object that is expected." : "The value is of the wrong type.");
            return body;
        }

        var empty = new RequestBody<T>(new T());
        empty.Errors.Add("body", "A JSON object is expected.");
        return empty;
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}

internal static class RequestBody
{
    /// <summary>The most that a request to the API may have.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>So long it may take to come. The server itself lets a sender take a quarter of an hour over that much.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(30);
}
