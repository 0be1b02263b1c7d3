namespace RechargeGrains.Sandbox;

/// <summary>
/// The fake Recharge under <c>/recharge</c>. Every call passes the same gate, in this order: version, token, rate limit,
/// scope. Every answer carries <c>x-recharge-limit</c>.
/// </summary>
internal sealed partial class RechargeApi(
    SandboxOptions options, RechargeStore store, RechargeTokens tokens, WebhookSender webhooks)
{
    public const string Root = "/recharge";
    public const string TokenHeader = "X-Recharge-Access-Token";
    public const string VersionHeader = "X-Recharge-Version";
    public const string LimitHeader = "x-recharge-limit";

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root);
        api.MapGet("/token_information", Guard(null, TokenInformation));
        api.MapGet("/store", Guard(ScopeNames.Store, call => RechargeAnswer.Of("store", call.Shape.StoreSettings())));
        api.MapGet("/shop", Guard(ScopeNames.Store, Shop));
        MapResources(api);
        MapWebhooks(api);
        api.Map("/{**rest}", Guard(null, _ => throw RechargeRefusal.NotFound()));
    }

    public void WriteLimit(HttpContext http)
    {
        var token = tokens.Find(http.Request.Headers[TokenHeader].FirstOrDefault());
        http.Response.Headers[LimitHeader] = (token?.Bucket ?? tokens.Anonymous).Gauge;
    }

    private RequestDelegate Guard(string? scope, Func<RechargeCall, RechargeAnswer> handle) => async http =>
    {
        http.Response.Headers["x-request-id"] = Guid.NewGuid().ToString("N");
        RechargeAnswer answer;
        try
        {
            answer = handle(await AdmitAsync(http, scope));
        }
        catch (RechargeRefusal refusal)
        {
            answer = new RechargeAnswer(refusal.Body, refusal.Status);
        }

        WriteLimit(http);
        if (answer.Link is not null)
            http.Response.Headers.Link = answer.Link;
        await Wire.WriteAsync(http, answer.Status, answer.Body);
    };

    private async Task<RechargeCall> AdmitAsync(HttpContext http, string? scope)
    {
        var version = http.Request.Headers[VersionHeader].FirstOrDefault() ?? options.DefaultApiVersion;
        if (!ApiVersions.IsKnown(version))
            throw RechargeRefusal.BadVersion();
        http.Response.Headers["x-recharge-version"] = version;
        if (tokens.Find(http.Request.Headers[TokenHeader].FirstOrDefault()) is not { } token)
        {
            tokens.Anonymous.TryAdd();
            throw RechargeRefusal.BadAuthentication();
        }

        if (!token.Bucket.TryAdd())
            throw RechargeRefusal.TooManyRequests();
        if (scope is not null && !MayRead(token, scope))
            throw RechargeRefusal.MissingScope(scope);
        return new RechargeCall(http.Request, token, RechargeShape.Of(version, store), await ReadBodyAsync(http.Request));
    }

    /// <summary>Two names of the store's scope are in circulation; either is good.</summary>
    private static bool MayRead(AccessToken token, string scope) =>
        token.Has(scope) || (scope == ScopeNames.Store && token.Has("store_info"));

    private static async Task<JsonObject> ReadBodyAsync(HttpRequest request)
    {
        try
        {
            return await Wire.ReadObjectAsync(request) ?? throw RechargeRefusal.NotAnObject();
        }
        catch (JsonException)
        {
            throw RechargeRefusal.NotAnObject();
        }
    }

    private static RechargeAnswer TokenInformation(RechargeCall call) => RechargeAnswer.Of("token_information", new JsonObject
    {
        ["client"] = null,
        ["contact_email"] = "ops@example.test",
        ["name"] = "sandbox",
        ["scopes"] = new JsonArray([.. call.Token.Scopes.Select(scope => JsonValue.Create(scope))]),
    });

    private static RechargeAnswer Shop(RechargeCall call) => call.Shape.Version == ApiVersions.Base
        ? RechargeAnswer.Of("shop", call.Shape.StoreSettings())
        : throw RechargeRefusal.NotFound();
}
