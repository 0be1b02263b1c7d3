namespace RechargeGrains.Sandbox;

/// <summary>
/// The fake Ometria under <c>/ometria/v2</c>. A push is checked as a whole, then answered 202; its records are checked
/// one by one afterwards, and what is wrong with them shows in <c>/push/_errors</c> only.
/// </summary>
internal sealed partial class OmetriaApi(SandboxOptions options, OmetriaAccounts accounts, OmetriaFaults faults, SandboxClock clock)
{
    public const string Root = "/ometria/v2";
    public const string KeyHeader = "X-Ometria-Auth";

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root);
        api.MapPost("/push", PushAsync);
        api.MapGet("/push/_errors", Read(ListErrors));
        api.MapGet("/profiles", Read(ListProfiles));
        api.MapGet("/contacts", Read(ListCollections));
        api.MapGet("/contacts/{collection}", Read(ListContacts));
        api.MapGet("/contacts/{collection}/{id}", Read(OneContact));
        api.Map("/{**rest}", (RequestDelegate)(http => RefuseAsync(http, StatusCodes.Status404NotFound, "Not found.")));
    }

    private async Task PushAsync(HttpContext http)
    {
        var key = accounts.Find(http.Request.Headers[KeyHeader].FirstOrDefault());
        if (key is null)
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "Unknown API key.");
            return;
        }

        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var outcome = Push(key, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        key.Account.Log(outcome);
        http.Response.OnCompleted(() =>
        {
            var lost = FaultMiddleware.IsSpoiled(http) || http.RequestAborted.IsCancellationRequested;
            key.Account.Answered(outcome, lost ? PushAnswer.Lost : PushAnswer.Sent);
            return Task.CompletedTask;
        });
        WriteQueueHeaders(http, key.Account);
        if (outcome.Error is not null)
        {
            await RefuseAsync(http, outcome.Status, outcome.Error);
            return;
        }

        var answer = new JsonObject
        {
            ["status"] = "OK",
            ["request_id"] = outcome.RequestId,
            ["accepted"] = outcome.Accepted,
            ["rejected"] = outcome.Rejected,
        };
        if (options.OmetriaNamesRejected)
            answer["rejected_items"] = new JsonArray([.. outcome.RejectedIds.Select(id => JsonValue.Create(id))]);
        await Wire.WriteAsync(http, outcome.Status, answer);
    }

    private PushLogEntry Push(OmetriaKey key, ReadOnlyMemory<byte> body)
    {
        var (batch, error) = PushBatch.Read(body);
        var entry = new PushLogEntry(clock.GetUtcNow(), batch?.Type, batch?.Records.Count ?? 0, body.Length, 0, 0, 0, null, null);
        if (!key.MayPush)
            return entry with { Status = StatusCodes.Status403Forbidden, Error = "Key not authorised for this resource." };
        if (!key.Account.PushWindow.TryAdd())
            return entry with { Status = StatusCodes.Status429TooManyRequests, Error = "Too many requests." };
        if (batch is null)
            return entry with { Status = StatusCodes.Status400BadRequest, Error = error };
        if (faults.PoisonWhen is { } poison && batch.Records.Any(poison))
        {
            key.Account.Refuse(batch.Type, batch.Records.Where(poison));
            return entry with { Status = StatusCodes.Status400BadRequest, Error = "Payload invalid." };
        }

        if (key.Account.Queue?.TryAdd(batch.Records.Count) == false)
            return entry with { Status = StatusCodes.Status429TooManyRequests, Error = "Queue is full." };

        var (taken, rejected) = Sort(batch.Records);
        key.Account.Refuse(batch.Type, rejected);
        var requestId = Guid.NewGuid().ToString();
        key.Account.Take(batch.Type, taken, requestId, faults.InvalidWhen);
        return entry with
        {
            Status = StatusCodes.Status202Accepted,
            Accepted = taken.Count,
            Rejected = rejected.Count,
            RequestId = requestId,
            RejectedIds = [.. rejected.Select(RecordRules.IdOf)],
        };
    }

    private (List<JsonElement> Taken, List<JsonElement> Rejected) Sort(IReadOnlyList<JsonElement> records)
    {
        var (taken, rejected) = (new List<JsonElement>(records.Count), new List<JsonElement>());
        foreach (var record in records)
            (faults.RejectWhen?.Invoke(record) == true ? rejected : taken).Add(record);
        if (taken.Count > 0 && faults.TakeRejection())
        {
            rejected.Add(taken[0]);
            taken.RemoveAt(0);
        }

        return (taken, rejected);
    }

    private static void WriteQueueHeaders(HttpContext http, OmetriaHoldings account)
    {
        if (account.Queue is not { } queue)
            return;
        http.Response.Headers["X-QueueSize-Limit"] = queue.Limit.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-QueueSize-Remaining"] = queue.Remaining.ToString(CultureInfo.InvariantCulture);
    }

    private static Task RefuseAsync(HttpContext http, int status, string message) =>
        Wire.WriteAsync(http, status, new JsonObject { ["status"] = "ERROR", ["message"] = message });
}
