namespace RechargeGrains.Sandbox;

/// <summary>
/// The body of a delivery: what a GET of the object answers at this moment, under the object's name. There is no event
/// name, time or delivery id in it. Of something deleted only the id is left.
/// </summary>
internal static class WebhookBody
{
    public static byte[] Of(StoreEvent raised, WebhookRegistration webhook, RechargeStore store)
    {
        var shape = RechargeShape.Of(webhook.Version, store);
        var resource = raised switch
        {
            { Verb: "deleted" } => new JsonObject { ["id"] = raised.ObjectId },
            { Customer: { } customer } => shape.Customer(customer),
            { Subscription: { } subscription } => shape.Subscription(subscription),
            { Charge: { } charge } => shape.Charge(charge),
            _ => shape.StoreSettings(),
        };
        var body = new JsonObject { [raised.ObjectType] = resource };
        if (raised.Verb != "deleted")
            Include(raised, webhook, store, shape, store.Options.WebhookIncludesInsideResource ? Inside(resource) : body);
        return Wire.Bytes(body);
    }

    private static JsonObject Inside(JsonObject resource)
    {
        var include = new JsonObject();
        resource["include"] = include;
        return include;
    }

    private static void Include(StoreEvent raised, WebhookRegistration webhook, RechargeStore store, RechargeShape shape, JsonObject target)
    {
        if (webhook.IncludedObjects.Contains("customer") && store.TryCustomer(raised.CustomerId) is { } customer)
            target["customer"] = shape.Customer(customer);
        if (webhook.IncludedObjects.Contains("addresses"))
            target["addresses"] = new JsonArray([.. store.AddressesOf(raised.CustomerId).Select(shape.Address)]);
    }
}
