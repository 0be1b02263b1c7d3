namespace RechargeGrains.Sandbox;

/// <summary>Routes for people and scripts under <c>/control</c>, and the page that shows what Ometria holds.</summary>
internal sealed partial class ControlApi(SandboxHost host)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", ShowPageAsync);
        var control = app.MapGroup("/control");
        MapLooking(control);
        MapActing(control);
        MapTrouble(control);
    }

    private static RequestDelegate Do(Func<ControlCall, JsonNode> act) => DoAsync(call => Task.FromResult(act(call)));

    private static RequestDelegate DoAsync(Func<ControlCall, Task<JsonNode>> act) => async http =>
    {
        var (status, answer) = await TryAsync(http, act);
        await Wire.WriteAsync(http, status, answer);
    };

    private static async Task<(int Status, JsonNode Answer)> TryAsync(HttpContext http, Func<ControlCall, Task<JsonNode>> act)
    {
        try
        {
            return (StatusCodes.Status200OK, await act(new ControlCall(http.Request, await BodyAsync(http.Request))));
        }
        catch (StoreRuleException refused)
        {
            return (StatusCodes.Status409Conflict, Error(refused));
        }
        catch (Exception wrong) when (wrong is ControlException or JsonException or ArgumentException or OverflowException)
        {
            return (StatusCodes.Status400BadRequest, Error(wrong));
        }
        catch (TimeoutException late)
        {
            return (StatusCodes.Status504GatewayTimeout, Error(late));
        }
    }

    private static async Task<JsonObject> BodyAsync(HttpRequest request) =>
        await Wire.ReadObjectAsync(request) ?? throw new ControlException("The body has to be a JSON object.");

    private static JsonObject Error(Exception error) => new() { ["error"] = error.Message };

    private static JsonNode Json<T>(T value) => JsonSerializer.SerializeToNode(value, Wire.Json)!;

    private static async Task ShowPageAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await using var page = typeof(ControlApi).Assembly.GetManifestResourceStream("page.html")!;
        await page.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
