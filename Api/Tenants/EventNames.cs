using RechargeGrains.Api.Http;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Tenants;

/// <summary>Reads public names of events in a request.</summary>
internal static class EventNames
{
    public static readonly string Known = string.Join(", ", EventKinds.All.Select(EventKinds.NameOf));

    public static IReadOnlyList<EventKind> Read(string field, IReadOnlyList<string?> names, FieldErrors errors)
    {
        var kinds = new List<EventKind>();
        foreach (var name in names)
        {
            if (EventKinds.Parse(name) is not { } kind)
                errors.Add(field, $"{field} is expected to hold only names of events: {Known}.");
            else if (!kinds.Contains(kind))
                kinds.Add(kind);
        }

        return kinds;
    }
}
