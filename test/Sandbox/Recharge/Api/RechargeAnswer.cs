namespace RechargeGrains.Sandbox;

internal sealed record RechargeAnswer(JsonNode? Body, int Status = StatusCodes.Status200OK)
{
    /// <summary>The <c>Link</c> header, which is how 2021-01 pages.</summary>
    public string? Link { get; init; }

    public static RechargeAnswer NoContent { get; } = new(null, StatusCodes.Status204NoContent);

    public static RechargeAnswer Of(string envelope, JsonNode body, int status = StatusCodes.Status200OK) =>
        new(new JsonObject { [envelope] = body }, status);
}
