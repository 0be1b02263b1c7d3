namespace RechargeGrains.Sandbox;

/// <summary>The filters and orders of each resource. Bounds are inclusive.</summary>
internal static class Listings
{
    private static readonly TimeSpan ChargeLookBack = TimeSpan.FromDays(90);
    private static readonly TimeSpan EventLookBack = TimeSpan.FromDays(7);
    private static readonly string[] SubscriptionStatuses = ["active", "cancelled", "expired"];

    private static readonly string[] ChargeStatuses =
        ["queued", "success", "error", "skipped", "refunded", "partially_refunded", "pending", "pending_manual_payment"];

    public static Listing<Customer> Customers { get; } = new()
    {
        Resource = "customers",
        Id = customer => customer.Id,
        Orders = Orders<Customer>(customer => customer.Id, customer => customer.CreatedAt, customer => customer.UpdatedAt),
        Filters = new Filters<Customer>()
            .Ids("ids", customer => customer.Id)
            .Text("email", customer => customer.Email, StringComparison.OrdinalIgnoreCase)
            .Text("external_customer_id", customer => customer.ExternalId)
            .Text("hash", customer => customer.Hash)
            .Instants("created_at", customer => customer.CreatedAt)
            .Instants("updated_at", customer => customer.UpdatedAt)
            .All,
    };

    public static Listing<Subscription> Subscriptions { get; } = new()
    {
        Resource = "subscriptions",
        Id = subscription => subscription.Id,
        Orders = Orders<Subscription>(subscription => subscription.Id, subscription => subscription.CreatedAt, subscription => subscription.UpdatedAt),
        Filters = new Filters<Subscription>()
            .Ids("ids", subscription => subscription.Id)
            .Ids("address_id", subscription => subscription.AddressId)
            .Ids("address_ids", subscription => subscription.AddressId)
            .Ids("customer_id", subscription => subscription.CustomerId)
            .Text("external_variant_id", subscription => subscription.Variant.VariantId)
            .OneOf("status", subscription => RechargeShape.Lower(subscription.Status), SubscriptionStatuses)
            .Instants("created_at", subscription => subscription.CreatedAt)
            .Instants("updated_at", subscription => subscription.UpdatedAt)
            .All,
    };

    /// <summary>Paid charges older than 90 days are gone from the API.</summary>
    public static Listing<Charge> Charges(DateTimeOffset now) => new()
    {
        Resource = "charges",
        Id = charge => charge.Id,
        Orders = new Dictionary<string, Func<Charge, long>>(
            Orders<Charge>(charge => charge.Id, charge => charge.CreatedAt, charge => charge.UpdatedAt))
        {
            ["scheduled_at"] = charge => charge.ScheduledOn.DayNumber,
        },
        Always = charge => IsReadable(charge, now),
        Filters = new Filters<Charge>()
            .Ids("ids", charge => charge.Id)
            .Ids("address_id", charge => charge.AddressId)
            .Ids("customer_id", charge => charge.CustomerId)
            .OneOf("status", charge => RechargeShape.Lower(charge.Status), ChargeStatuses)
            .Add("purchase_item_id", HasItem)
            .Add("purchase_item_ids", HasItem)
            .Dates("scheduled_at", charge => charge.ScheduledOn)
            .Instants("created_at", charge => charge.CreatedAt)
            .Instants("updated_at", charge => charge.UpdatedAt)
            .Instants("processed_at", charge => charge.ProcessedAt)
            .All,
    };

    /// <summary>The log of events reaches seven days back; asking for more is refused.</summary>
    public static Listing<EventRow> Events(DateTimeOffset now) => new()
    {
        Resource = "events",
        Id = row => row.Id,
        Orders = new Dictionary<string, Func<EventRow, long>> { ["id"] = row => row.Id, ["created_at"] = row => row.CreatedAt.UtcTicks },
        Always = row => row.CreatedAt >= now - EventLookBack,
        Filters = new Filters<EventRow>()
            .Ids("object_id", row => row.ObjectId)
            .Ids("customer_id", row => row.CustomerId)
            .Text("object_type", row => row.ObjectType)
            .Add("verbs", HasVerb)
            .Instants("created_at", row => row.CreatedAt)
            .Add("created_at_min", (name, value) => Since(QueryValue.Instant(name, value), now - EventLookBack))
            .All,
    };

    public static bool IsReadable(Charge charge, DateTimeOffset now) =>
        charge.Status != ChargeStatus.Success || charge.ProcessedAt >= now - ChargeLookBack;

    private static Func<EventRow, bool> HasVerb(string name, string value)
    {
        var verbs = value.Split(',');
        return row => verbs.Contains(row.Verb);
    }

    private static Func<EventRow, bool> Since(DateTimeOffset from, DateTimeOffset earliest) => from < earliest
        ? throw RechargeRefusal.Field("_schema", "created_at_min must be less than 7 days ago")
        : row => row.CreatedAt >= from;

    private static Func<Charge, bool> HasItem(string name, string value)
    {
        var ids = QueryValue.Ids(name, value);
        return charge => charge.Lines.Any(line => ids.Contains(line.SubscriptionId));
    }

    private static Dictionary<string, Func<T, long>> Orders<T>(
        Func<T, long> id, Func<T, DateTimeOffset> createdAt, Func<T, DateTimeOffset> updatedAt) => new()
        {
            ["id"] = id,
            ["created_at"] = row => createdAt(row).UtcTicks,
            ["updated_at"] = row => updatedAt(row).UtcTicks,
        };
}
