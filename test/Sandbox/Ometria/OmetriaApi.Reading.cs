namespace RechargeGrains.Sandbox;

internal sealed partial class OmetriaApi
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 250;

    private RequestDelegate Read(Func<OmetriaHoldings, HttpRequest, JsonNode?> answer) => async http =>
    {
        var key = accounts.Find(http.Request.Headers[KeyHeader].FirstOrDefault());
        if (key is null)
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "Unknown API key.");
        else if (!key.MayRead)
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "Key not authorised for this resource.");
        else if (!key.Account.ReadWindow.TryAdd())
            await RefuseAsync(http, StatusCodes.Status429TooManyRequests, "Too many requests.");
        else if (Slice(http.Request) is null)
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "limit has to be 1 to 250, offset 0 or more.");
        else if (answer(key.Account, http.Request) is { } body)
            await Wire.WriteAsync(http, StatusCodes.Status200OK, body);
        else
            await RefuseAsync(http, StatusCodes.Status404NotFound, "Not found.");
    };

    private JsonArray ListErrors(OmetriaHoldings account, HttpRequest request) =>
        new([.. account.Errors.Reverse().Select(error => error.ToJson(options.OmetriaRichErrors))]);

    /// <summary>Profiles are contacts of all collections clustered by e-mail address.</summary>
    private static JsonArray ListProfiles(OmetriaHoldings account, HttpRequest request)
    {
        var contacts = request.Query.TryGetValue("email", out var email) ? account.ContactsOf(email.ToString()) : account.Contacts;
        var profiles = contacts.GroupBy(contact => contact.Email, StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Key, StringComparer.Ordinal);
        return Sliced(profiles, request, Profile);
    }

    private static JsonArray ListCollections(OmetriaHoldings account, HttpRequest request) => Sliced(
        account.Contacts.GroupBy(contact => contact.Collection).OrderBy(group => group.Key, StringComparer.Ordinal),
        request,
        group => new JsonObject { ["collection"] = group.Key, ["count"] = group.Count() });

    private static JsonArray ListContacts(OmetriaHoldings account, HttpRequest request) => Sliced(
        account.Contacts.Where(contact => contact.Collection == request.RouteValues["collection"] as string),
        request,
        contact => JsonObject.Create(contact.Record)!);

    private static JsonNode? OneContact(OmetriaHoldings account, HttpRequest request) =>
        account.FindContact((string)request.RouteValues["id"]!, (string)request.RouteValues["collection"]!) is { } contact
            ? JsonObject.Create(contact.Record)
            : null;

    private static JsonObject Profile(IGrouping<string, HeldContact> group)
    {
        var properties = new JsonObject();
        foreach (var contact in group.OrderBy(contact => contact.LastAt))
        {
            if (!contact.Record.TryGetProperty("properties", out var own))
                continue;
            foreach (var field in own.EnumerateObject())
                properties[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        }

        return new JsonObject { ["@type"] = "profile", ["id"] = "p_" + group.First().Id, ["email"] = group.Key, ["properties"] = properties };
    }

    private static JsonArray Sliced<T>(IEnumerable<T> rows, HttpRequest request, Func<T, JsonObject> write)
    {
        var (offset, limit) = Slice(request)!.Value;
        return new JsonArray([.. rows.Skip(offset).Take(limit).Select(write)]);
    }

    private static (int Offset, int Limit)? Slice(HttpRequest request) =>
        Number(request, "limit", DefaultLimit) is { } limit and >= 1 and <= MaxLimit && Number(request, "offset", 0) is { } offset
            ? (offset, limit)
            : null;

    private static int? Number(HttpRequest request, string name, int fallback) =>
        !request.Query.TryGetValue(name, out var text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;
}
