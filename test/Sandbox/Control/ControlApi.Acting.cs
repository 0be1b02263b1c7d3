namespace RechargeGrains.Sandbox;

internal sealed partial class ControlApi
{
    private void MapActing(IEndpointRouteBuilder control)
    {
        var store = host.Store;
        control.MapPost("/store/customers", Do(call =>
            Json(store.AddCustomer(call.Text("email"), call.Text("firstName"), call.Text("lastName")))));
        control.MapPost("/store/customers/{id}/email", Do(call => Json(store.ChangeEmail(call.Id, call.NeedText("email")))));
        control.MapDelete("/store/customers/{id}", Do(call => Json(store.DeleteCustomer(call.Id))));
        control.MapPost("/store/customers/{id}/merge", Do(call =>
            Json(store.MergeCustomers(call.Id, call.Number("into") ?? throw new ControlException("'into' is missing.")))));
        control.MapPost("/store/subscriptions", Do(Subscribe));
        control.MapDelete("/store/subscriptions/{id}", Do(call => Json(Summary(store.DeleteSubscription(call.Id)))));
        control.MapPost("/store/subscriptions/{id}/cancel", Do(call =>
            Json(Summary(store.Cancel(call.Id, call.Text("reason") ?? "Cancelled by hand")))));
        control.MapPost("/store/subscriptions/{id}/activate", Do(call => Json(Summary(store.Activate(call.Id, call.Date("nextChargeOn"))))));
        control.MapPost("/store/subscriptions/{id}/expire", Do(call => Json(Summary(store.ExpireSubscription(call.Id)))));
        control.MapPost("/store/subscriptions/{id}/quantity", Do(call =>
            Json(Summary(store.UpdateQuantity(call.Id, (int)(call.Number("quantity") ?? 1))))));
        control.MapPost("/store/subscriptions/{id}/price", Do(call =>
            Json(Summary(store.UpdatePrice(call.Id, (decimal)(call.Fraction("price") ?? 0))))));
        control.MapPost("/store/charges/{id}/skip", Do(call => Json(Summary(store.SkipCharge(call.Id)))));
        control.MapPost("/store/charges/{id}/process", Do(call => Json(Summary(store.ProcessCharge(call.Id)))));
        control.MapPost("/store/addresses/{id}/move", Do(call =>
            Json(Summary(store.MoveCharge(call.Id, call.Date("date") ?? throw new ControlException("'date' is missing."))))));
        control.MapPost("/store/night", Do(_ =>
        {
            store.RunNight();
            return Json(new { today = store.Today });
        }));
    }

    /// <summary>Needs a customer by id or e-mail address; one that is not known by e-mail address is added.</summary>
    private JsonNode Subscribe(ControlCall call)
    {
        var customerId = call.Number("customerId")
            ?? (call.Text("email") is { } email ? (host.Store.FindCustomer(email) ?? host.Store.AddCustomer(email)).Id : host.Store.AddCustomer().Id);
        return Json(Summary(host.Store.CreateSubscription(customerId, new NewSubscription
        {
            AddressId = call.Number("addressId"),
            Quantity = (int)(call.Number("quantity") ?? 1),
            NextChargeOn = call.Date("nextChargeOn"),
        })));
    }
}
