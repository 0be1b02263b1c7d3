namespace RechargeGrains.Sandbox;

internal sealed partial class ControlApi
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);

    private void MapTrouble(IEndpointRouteBuilder control)
    {
        control.MapPost("/clock", Do(MoveClock));
        control.MapPost("/faults/recharge", Do(call => AddFault(call, host.Faults.Recharge)));
        control.MapPost("/faults/ometria", Do(call => AddFault(call, host.Faults.Ometria)));
        control.MapPost("/faults/ometria/reject", Do(call =>
        {
            host.Faults.Ometria.RejectOneOfNext((int)(call.Number("pushes") ?? 1));
            return new JsonObject();
        }));
        control.MapPost("/faults/ometria/rejectWhen", Do(call => SetRecords(call, matches => host.Faults.Ometria.RejectWhen = matches)));
        control.MapPost("/faults/ometria/poison", Do(call => SetRecords(call, matches => host.Faults.Ometria.PoisonWhen = matches)));
        control.MapPost("/faults/ometria/invalid", Do(call => SetRecords(call, matches => host.Faults.Ometria.InvalidWhen = matches)));
        control.MapDelete("/ometria/contacts/{id}", Do(call => Struck(host.Ometria.LoseContact(call.NeedRoute("id")))));
        control.MapPost("/ometria/contacts/{id}/spoil", Do(call => Struck(
            host.Ometria.SpoilContact(call.NeedRoute("id"), (int)(call.Number("total") ?? 99), (int)(call.Number("active") ?? 99)))));
        control.MapPost("/faults/webhooks", Do(SetWebhookFaults));
        control.MapDelete("/faults", Do(_ =>
        {
            host.Faults.Clear();
            return new JsonObject();
        }));
        control.MapPost("/webhooks/hold", Do(_ =>
        {
            host.Webhooks.Hold();
            return new JsonObject();
        }));
        control.MapPost("/webhooks/release", Do(_ =>
        {
            host.Webhooks.Release();
            return new JsonObject();
        }));
        control.MapPost("/webhooks/drain", DoAsync(async call =>
        {
            await host.Webhooks.DrainAsync(DrainTimeout, call.Request.HttpContext.RequestAborted);
            return Json(new { deliveries = host.Webhooks.Deliveries.Count });
        }));
    }

    private JsonNode MoveClock(ControlCall call)
    {
        if (call.Fraction("speed") is { } speed)
            host.Clock.Speed = speed;
        if (call.Seconds("advanceSeconds") is { } by)
            host.Clock.Advance(by);
        if (call.Text("set") is { } text)
        {
            host.Clock.Set(DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant
                : throw new ControlException($"'set' has to be an ISO-8601 instant, not '{text}'."));
        }

        return Json(new { now = host.Clock.GetUtcNow(), speed = host.Clock.Speed });
    }

    /// <summary>Without <c>times</c> the fault lasts until all are cleared; <c>path</c> limits it to paths that contain the text.</summary>
    private static JsonNode AddFault(ControlCall call, FaultSide side)
    {
        var wait = call.Seconds("waitSeconds");
        var fault = call.NeedText("fault") switch
        {
            "status" => Fault.Status((int)(call.Number("status") ?? 503), call.Text("body"), call.Seconds("retryAfterSeconds")),
            "delay" => Fault.Delay(wait ?? TimeSpan.FromSeconds(1)),
            "hang" => Fault.Hang,
            "reset" => Fault.Reset,
            "hangAfter" => Fault.HangAfter,
            "resetAfter" => Fault.ResetAfter,
            "truncate" => Fault.Truncate,
            "garbage" => Fault.Garbage,
            var unknown => throw new ControlException($"There is no fault '{unknown}'."),
        };
        fault = fault with { Wait = wait ?? fault.Wait };
        Func<FaultedCall, bool>? where = call.Text("path") is { } path ? faulted => faulted.Path.Contains(path, StringComparison.Ordinal) : null;
        if (call.Number("times") is { } times)
            side.Next(fault, (int)times, where);
        else
            side.Always(fault, where);
        return new JsonObject();
    }

    private static JsonNode SetRecords(ControlCall call, Action<Func<JsonElement, bool>> set)
    {
        set(RecordMatch.Read(call));
        return new JsonObject();
    }

    private static JsonNode Struck(bool found) => found ? new JsonObject() : throw new ControlException("Ometria holds no such contact.");

    private JsonNode SetWebhookFaults(ControlCall call)
    {
        var faults = host.Webhooks.Faults;
        faults.Delay = call.Seconds("delaySeconds") ?? TimeSpan.Zero;
        faults.ReverseEvery = (int)(call.Number("reverseEvery") ?? 0);
        faults.DuplicateEvery = (int)(call.Number("duplicateEvery") ?? 0);
        faults.LoseEvery = (int)(call.Number("loseEvery") ?? 0);
        return Json(faults);
    }
}
