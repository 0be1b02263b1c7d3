namespace RechargeGrains.Sandbox;

internal sealed partial class RechargeApi
{
    private void MapWebhooks(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks", Guard(null, ListWebhooks));
        api.MapPost("/webhooks", Guard(null, call =>
            RechargeAnswer.Of("webhook", webhooks.Registry.Add(call.Token, RegistrationIn(call, null)).ToJson(), StatusCodes.Status201Created)));
        api.MapGet("/webhooks/{id}", Guard(null, call => RechargeAnswer.Of("webhook", OwnWebhook(call).ToJson())));
        api.MapPut("/webhooks/{id}", Guard(null, call =>
            RechargeAnswer.Of("webhook", webhooks.Registry.Replace(RegistrationIn(call, OwnWebhook(call))).ToJson())));
        api.MapDelete("/webhooks/{id}", Guard(null, call =>
        {
            webhooks.Registry.Remove(OwnWebhook(call).Id);
            return RechargeAnswer.NoContent;
        }));
        api.MapPost("/webhooks/{id}/test", Guard(null, call =>
        {
            webhooks.SendSample(OwnWebhook(call), store);
            return new RechargeAnswer(new JsonObject());
        }));
    }

    /// <summary>Only those made with this very token are shown.</summary>
    private RechargeAnswer ListWebhooks(RechargeCall call)
    {
        var listing = new Listing<WebhookRegistration>
        {
            Resource = "webhooks",
            Id = webhook => webhook.Id,
            Orders = new Dictionary<string, Func<WebhookRegistration, long>> { ["id"] = webhook => webhook.Id },
            Filters = new Filters<WebhookRegistration>().All,
        };
        var own = webhooks.Registry.Of(call.Token);
        return List(call, listing, request => request.Apply(own), (_, webhook, _) => webhook.ToJson());
    }

    private WebhookRegistration OwnWebhook(RechargeCall call) =>
        webhooks.Registry.Find(call.Id) is { } webhook && webhook.Token == call.Token ? webhook : throw RechargeRefusal.NotFound();

    private static WebhookRegistration RegistrationIn(RechargeCall call, WebhookRegistration? existing)
    {
        var address = Text(call.Body, "address") ?? existing?.Address ?? throw Missing("address");
        var topic = Text(call.Body, "topic") ?? existing?.Topic ?? throw Missing("topic");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw RechargeRefusal.Field("address", "Not a valid URL.");
        if (!WebhookTopics.All.Contains(topic))
            throw RechargeRefusal.Field("topic", "Not a valid topic.");
        if (WebhookTopics.ScopeOf(topic) is { } scope && !call.Token.Has(scope))
            throw RechargeRefusal.MissingScope(scope);
        var version = Text(call.Body, "version") ?? existing?.Version ?? call.Shape.Version;
        if (!ApiVersions.IsKnown(version))
            throw RechargeRefusal.Field("version", "Not a valid version.");
        return new WebhookRegistration
        {
            Id = existing?.Id ?? 0,
            Token = call.Token,
            Address = address,
            Topic = topic,
            Version = version,
            IncludedObjects = IncludedObjects(call.Body, topic) ?? existing?.IncludedObjects ?? [],
        };
    }

    private static IReadOnlyList<string>? IncludedObjects(JsonObject body, string topic)
    {
        if (body["included_objects"] is not { } node)
            return null;
        var allowed = WebhookTopics.IncludableIn(topic);
        return node is JsonArray list && list.All(item => item?.GetValueKind() == JsonValueKind.String && allowed.Contains(item.GetValue<string>()))
            ? [.. list.Select(item => item!.GetValue<string>())]
            : throw RechargeRefusal.Field("included_objects", $"Must be among: {string.Join(", ", allowed)}.");
    }

    private static string? Text(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 0 => text,
        _ => throw RechargeRefusal.Field(name, "Not a valid string."),
    };

    private static RechargeRefusal Missing(string field) => RechargeRefusal.Field(field, "Missing data for required field.");
}
