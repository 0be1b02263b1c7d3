namespace RechargeGrains.Sandbox;

/// <summary>A call of a person or a script: what it gave in the path, the query and the body.</summary>
internal sealed record ControlCall(HttpRequest Request, JsonObject Body)
{
    public const int DefaultLimit = 100;

    public long Id => Whole(Request.RouteValues["id"] as string, "id") ?? 0;

    public string NeedRoute(string name) => Request.RouteValues[name] as string ?? throw new ControlException($"'{name}' is missing.");

    public int Limit => (int)Math.Clamp(Whole(Query("limit"), "limit") ?? DefaultLimit, 1, 10_000);

    public string? Query(string name) => Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public long? QueryNumber(string name) => Whole(Query(name), name);

    public string? Text(string name) => Body[name]?.ToString();

    public string NeedText(string name) => Text(name) ?? throw new ControlException($"'{name}' is missing.");

    public long? Number(string name) => Whole(Text(name), name);

    public double? Fraction(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0 ? number
        : throw new ControlException($"'{name}' has to be a number, not '{text}'.");

    public TimeSpan? Seconds(string name) => Fraction(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public DateOnly? Date(string name) => Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw new ControlException($"'{name}' has to be a date such as 2026-01-31, not '{text}'.");

    private static long? Whole(string? text, string name) => text is null ? null
        : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ControlException($"'{name}' has to be a whole number, not '{text}'.");
}
