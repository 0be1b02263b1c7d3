namespace RechargeGrains.Sandbox;

internal sealed partial class ControlApi
{
    private const int Recent = 50;

    private void MapLooking(IEndpointRouteBuilder control)
    {
        control.MapGet("/state", Do(_ => State()));
        control.MapGet("/ometria/contacts", Do(Contacts));
        control.MapGet("/ometria/events", Do(Events));
        control.MapGet("/ometria/pushes", Do(call => Json(new { pushes = host.Ometria.Pushes.TakeLast(call.Limit).Reverse() })));
        control.MapGet("/ometria/violations", Do(_ => Json(new { violations = host.Ometria.Violations })));
        control.MapGet("/webhooks/deliveries", Do(call => Json(new { deliveries = host.Webhooks.Deliveries.TakeLast(call.Limit).Reverse().Select(Summary) })));
        control.MapGet("/journal", Do(Journal));
        control.MapGet("/store/customers", Do(Customers));
    }

    private JsonNode State()
    {
        var store = host.Store;
        var held = host.Ometria;
        var subscriptions = store.Subscriptions;
        return Json(new
        {
            now = host.Clock.GetUtcNow(),
            today = store.Today,
            clockSpeed = host.Clock.Speed,
            recharge = host.RechargeUrl,
            ometriaUrl = host.OmetriaUrl,
            store = new
            {
                customers = store.Customers.Count,
                subscriptions = subscriptions.Count,
                active = subscriptions.Count(subscription => subscription.IsActive),
                queuedCharges = store.Charges.Count(charge => charge.Status == ChargeStatus.Queued),
            },
            ometria = new
            {
                contacts = held.Contacts.Count,
                events = held.Events.Count,
                eventsByType = held.Events.GroupBy(accepted => accepted.EventType).ToDictionary(group => group.Key, group => group.Count()),
                duplicates = held.Duplicates(),
                eventsWithoutAutomation = held.EventsWithoutAutomation.Count,
                pushes = held.Pushes.Count,
                refusedPushes = held.Pushes.Count(push => push.Error is not null),
                recentPushes = held.Pushes.TakeLast(Recent).Reverse(),
                errors = held.Errors.Reverse().Select(error => new { error.At, error.Message, error.Path, error.RecordType, error.RecordId }),
                violations = held.Violations.TakeLast(Recent).Reverse(),
            },
            webhooks = new
            {
                registered = host.Webhooks.Registrations.Select(webhook => new { webhook.Id, webhook.Topic, webhook.Address, webhook.IncludedObjects }),
                deliveries = host.Webhooks.Deliveries.Count,
                byState = host.Webhooks.Deliveries.GroupBy(delivery => delivery.State).ToDictionary(group => group.Key.ToString(), group => group.Count()),
                recent = host.Webhooks.Deliveries.TakeLast(Recent).Reverse().Select(Summary),
            },
            journal = host.Journal.Entries.Count,
        });
    }

    private JsonNode Contacts(ControlCall call)
    {
        var contacts = call.Query("email") is { } email ? host.Ometria.ContactsOf(email) : host.Ometria.Contacts;
        return Json(new
        {
            total = contacts.Count,
            contacts = contacts
                .Where(contact => call.Query("id") is not { } id || contact.Id == id)
                .OrderByDescending(contact => contact.LastAt).ThenBy(contact => contact.Id, StringComparer.Ordinal)
                .Skip((int)(call.QueryNumber("offset") ?? 0))
                .Take(call.Limit)
                .Select(contact => new
                {
                    contact.Collection,
                    contact.Id,
                    contact.Email,
                    contact.TotalSubscriptions,
                    contact.ActiveSubscriptions,
                    contact.Pushes,
                    contact.FirstAt,
                    contact.LastAt,
                    contact.Record,
                }),
        });
    }

    private JsonNode Events(ControlCall call)
    {
        var after = call.QueryNumber("after") ?? 0;
        var events = host.Ometria.Events.Where(accepted => accepted.Sequence > after
            && (call.Query("type") is not { } type || accepted.EventType == type)
            && (call.Query("id") is not { } id || accepted.Id == id)
            && (call.Query("email") is not { } email || string.Equals(accepted.IdentityEmail, email, StringComparison.OrdinalIgnoreCase)));
        return Json(new
        {
            total = host.Ometria.Events.Count,
            events = events.TakeLast(call.Limit).Reverse().Select(accepted => new
            {
                accepted.Sequence,
                accepted.Id,
                accepted.EventType,
                accepted.Timestamp,
                accepted.IdentityEmail,
                accepted.Properties,
                accepted.RequestId,
                accepted.ReceivedAt,
                accepted.ContactKnown,
                timesAccepted = host.Ometria.TimesAccepted(accepted.Id),
            }),
        });
    }

    private JsonNode Journal(ControlCall call)
    {
        var after = call.QueryNumber("after") ?? 0;
        return Json(new
        {
            entries = host.Journal.Entries.Where(entry => entry.Sequence > after).Take(call.Limit).Select(entry => new
            {
                entry.Sequence,
                kind = entry.Kind.ToString(),
                entry.At,
                entry.CustomerId,
                entry.Email,
                entry.SubscriptionId,
                entry.AddressId,
                entry.ChargeId,
                entry.ChargeOn,
                entry.Detail,
            }),
        });
    }

    private JsonNode Customers(ControlCall call)
    {
        var customers = call.Query("email") is { } email ? host.Store.FindCustomer(email) is { } found ? [found] : []
            : host.Store.Customers.Skip((int)(call.QueryNumber("offset") ?? 0)).Take(call.Limit);
        return Json(new
        {
            customers = customers.Select(customer => new
            {
                customer.Id,
                customer.Email,
                customer.FirstName,
                customer.LastName,
                addresses = host.Store.AddressesOf(customer.Id).Select(address => address.Id),
                subscriptions = host.Store.SubscriptionsOf(customer.Id).Select(Summary),
                queuedCharges = host.Store.QueuedChargesOf(customer.Id).Select(Summary),
            }),
        });
    }

    private static object Summary(Subscription subscription) => new
    {
        subscription.Id,
        subscription.CustomerId,
        subscription.AddressId,
        status = RechargeShape.Lower(subscription.Status),
        product = subscription.Variant.ProductTitle,
        variant = subscription.Variant.VariantTitle,
        subscription.Quantity,
        subscription.Price,
        subscription.NextChargeOn,
        subscription.CreatedAt,
        subscription.UpdatedAt,
        subscription.CancelledAt,
    };

    private static object Summary(Charge charge) => new
    {
        charge.Id,
        charge.CustomerId,
        charge.AddressId,
        status = RechargeShape.Lower(charge.Status),
        charge.ScheduledOn,
        items = charge.Lines.Count,
        charge.Total,
    };

    private static object Summary(WebhookDelivery delivery) => new
    {
        delivery.Id,
        webhookId = delivery.Webhook.Id,
        delivery.Topic,
        delivery.Address,
        state = delivery.State.ToString(),
        delivery.Status,
        attempts = delivery.Attempts.Count,
        error = delivery.Attempts.LastOrDefault()?.Error,
        delivery.RaisedAt,
    };
}
