namespace RechargeGrains.Sandbox;

/// <summary>An answer that ends a call early. Recharge has no single error shape; each case carries its own.</summary>
internal sealed class RechargeRefusal(int status, JsonNode body) : Exception
{
    public int Status { get; } = status;

    public JsonNode Body { get; } = body;

    public static RechargeRefusal Field(string field, string message) =>
        new(StatusCodes.Status422UnprocessableEntity, Errors(new JsonObject { [field] = new JsonArray(message) }));

    public static RechargeRefusal NotFound() => new(StatusCodes.Status404NotFound, Errors("Not Found"));

    public static RechargeRefusal BadAuthentication() => new(StatusCodes.Status401Unauthorized, Error("bad authentication"));

    public static RechargeRefusal MissingScope(string scope) =>
        new(StatusCodes.Status403Forbidden, Error($"the token does not have the scope {scope}"));

    public static RechargeRefusal BadVersion() => new(StatusCodes.Status426UpgradeRequired, Error("unknown API version"));

    public static RechargeRefusal NotAnObject() =>
        new(StatusCodes.Status415UnsupportedMediaType, Error("the body has to be a JSON object"));

    public static RechargeRefusal TooManyRequests() =>
        new(StatusCodes.Status429TooManyRequests, new JsonObject { ["warning"] = "too many requests" });

    private static JsonObject Error(string message) => new() { ["error"] = message };

    private static JsonObject Errors(JsonNode errors) => new() { ["errors"] = errors };
}
