namespace RechargeGrains.Sandbox;

internal sealed partial class RechargeApi
{
    private void MapResources(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers", Guard(ScopeNames.Customers, call =>
            List(call, Listings.Customers, store.Page, Customer)));
        api.MapGet("/customers/{id}", Guard(ScopeNames.Customers, call =>
            One(call, "customer", store.TryCustomer(call.Id), Customer)));
        api.MapGet("/subscriptions", Guard(ScopeNames.Subscriptions, call =>
            List(call, Listings.Subscriptions, store.Page, Subscription)));
        api.MapGet("/subscriptions/{id}", Guard(ScopeNames.Subscriptions, call =>
            One(call, "subscription", store.TrySubscription(call.Id), Subscription)));
        api.MapGet("/charges", Guard(ScopeNames.Orders, call =>
            List(call, Listings.Charges(store.Now()), store.Page, Charge)));
        api.MapGet("/charges/{id}", Guard(ScopeNames.Orders, call =>
            One(call, "charge", ReadableCharge(call.Id), Charge)));
        api.MapGet("/events", Guard(ScopeNames.Events, call =>
            List(call, Listings.Events(store.Now()), store.Page, Event)));
    }

    private RechargeAnswer List<T>(
        RechargeCall call,
        Listing<T> listing,
        Func<PageRequest<T>, Page<T>> read,
        Func<RechargeShape, T, string[], JsonObject> write)
    {
        var (request, query, byCursor) = listing.Parse(call.Request.Query);
        var includes = byCursor && !options.IncludeSubscriptionsOnCursorPages ? [] : RechargeCall.Includes(query);
        return store.Read(() =>
        {
            var page = read(request);
            var next = page is { HasNext: true, Rows: [.., var last] } ? CursorAt(last, backwards: false) : null;
            var previous = page is { HasPrevious: true, Rows: [var first, ..] } ? CursorAt(first, backwards: true) : null;
            var rows = new JsonArray([.. page.Rows.Select(row => write(call.Shape, row, includes))]);
            if (call.Shape.Version == ApiVersions.Base)
                return RechargeAnswer.Of(listing.Resource, rows) with { Link = Links(call.Request, request.Limit, next, previous) };
            return new RechargeAnswer(new JsonObject { ["next_cursor"] = next, ["previous_cursor"] = previous, [listing.Resource] = rows });
        });

        string CursorAt(T row, bool backwards) =>
            new Cursor(listing.Resource, query, request.Key(row), request.Id(row), backwards).Encode();
    }

    private RechargeAnswer One<T>(RechargeCall call, string envelope, T? row, Func<RechargeShape, T, string[], JsonObject> write)
        where T : class
    {
        var query = call.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.LastOrDefault() ?? string.Empty);
        return row is null
            ? throw RechargeRefusal.NotFound()
            : store.Read(() => RechargeAnswer.Of(envelope, write(call.Shape, row, RechargeCall.Includes(query))));
    }

    private Charge? ReadableCharge(long id) =>
        store.TryCharge(id) is { } charge && Listings.IsReadable(charge, store.Now()) ? charge : null;

    private JsonObject Customer(RechargeShape shape, Customer customer, string[] includes)
    {
        var related = new JsonObject();
        if (includes.Contains("subscriptions"))
            related["subscriptions"] = new JsonArray([.. store.SubscriptionsOf(customer.Id).Select(shape.Subscription)]);
        if (includes.Contains("addresses"))
            related["addresses"] = new JsonArray([.. store.AddressesOf(customer.Id).Select(shape.Address)]);
        return With(shape.Customer(customer), related);
    }

    private JsonObject Subscription(RechargeShape shape, Subscription subscription, string[] includes)
    {
        var related = new JsonObject();
        if (includes.Contains("customer") && store.TryCustomer(subscription.CustomerId) is { } customer)
            related["customer"] = shape.Customer(customer);
        if (includes.Contains("address") && store.TryAddress(subscription.AddressId) is { } address)
            related["address"] = shape.Address(address);
        return With(shape.Subscription(subscription), related);
    }

    private JsonObject Charge(RechargeShape shape, Charge charge, string[] includes)
    {
        var related = new JsonObject();
        if (includes.Contains("customer") && store.TryCustomer(charge.CustomerId) is { } customer)
            related["customer"] = shape.Customer(customer);
        return With(shape.Charge(charge), related);
    }

    private static JsonObject Event(RechargeShape shape, EventRow row, string[] includes) => new()
    {
        ["id"] = row.Id,
        ["customer_id"] = row.CustomerId,
        ["object_id"] = row.ObjectId,
        ["object_type"] = row.ObjectType,
        ["verb"] = row.Verb,
        ["description"] = $"{row.ObjectType} {row.Verb}",
        ["created_at"] = Shape202111.Instant(row.CreatedAt),
        ["custom_attributes"] = new JsonArray(),
        ["updated_attributes"] = new JsonArray(),
        ["source"] = new JsonObject { ["origin"] = "customer_portal", ["user_type"] = "customer" },
    };

    private static JsonObject With(JsonObject row, JsonObject related)
    {
        if (related.Count > 0)
            row["include"] = related;
        return row;
    }

    private static string? Links(HttpRequest request, int limit, string? next, string? previous)
    {
        var path = $"{request.Scheme}://{request.Host}{request.Path}";
        var links = new[] { (Cursor: previous, Rel: "previous"), (Cursor: next, Rel: "next") }
            .Where(link => link.Cursor is not null)
            .Select(link => string.Create(CultureInfo.InvariantCulture, $"<{path}?limit={limit}&cursor={link.Cursor}>; rel=\"{link.Rel}\""));
        return string.Join(", ", links) is { Length: > 0 } header ? header : null;
    }
}
