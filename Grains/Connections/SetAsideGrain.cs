using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Grains.Recharge.Webhooks;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Connections;

/// <inheritdoc cref="ISetAsideGrain"/>
[GrainType("rg-set-aside")]
internal sealed partial class SetAsideGrain(
    [PersistentState("set-aside")] IPersistentState<SetAsideState> store,
    [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
    IGrainContext context,
    IGrainFactory grains,
    ILogger<SetAsideGrain> logger) : Grain, ISetAsideGrain
{
    /// <summary>Bounds, so that a sender gone wrong cannot fill the disk.</summary>
    internal const long MaxCount = 50_000;

    private const long MaxBytes = 256L * 1024 * 1024;
    private const int MaxTopic = 100;

    /// <summary>Records that one call looks at: many may be of bodies that left.</summary>
    private const int MaxLooks = 500;

    private ConnectionKey _key;

    private SetAsideState State => store.State;

    private long Next => State.Next ?? State.Count;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        if (State.Leaving is { } leaving)
            await FinishAsync(leaving, await ReadRecordAsync(leaving.Number));
    }

    public async Task KeepAsync(SetAsideBody body)
    {
        if (State.Count >= MaxCount || State.Bytes + body.Body.Length > MaxBytes)
            throw new SetAsideFullException();
        // First the body, then the sums: a crash in between leaves a body that nobody counted, and whose sender was not answered. The
        // next one takes its place.
        var number = Next;
        var record = await ReadRecordAsync(number);
        record.Value.Body = body with { Topic = PlainText.Cut(body.Topic, MaxTopic) };
        await record.WriteAsync().OrDeactivateAsync(this);

        if (State.Count == 0)
            (State.First, State.FirstAt) = (number, body.ReceivedAt);
        State.Next = number + 1;
        State.Count++;
        State.Bytes += body.Body.Length;
        State.LastReason = body.Reason;
        State.Leaving = null;
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public Task<SetAsideSummary> GetSummaryAsync() => Task.FromResult(new SetAsideSummary(State.Count, State.FirstAt, State.LastReason));

    public async Task<SetAsidePage> ListAsync(long? before, int max)
    {
        var entries = new List<SetAsideEntry>();
        var number = Math.Min(before ?? Next, Next) - 1;
        for (var looks = 0; number >= 0 && entries.Count < max && looks < MaxLooks; looks++, number--)
        {
            if ((await ReadRecordAsync(number)).Value.ToEntry(number) is { } entry)
                entries.Add(entry);
        }

        return new SetAsidePage(entries, number < 0 ? null : number + 1);
    }

    public async Task<SetAsideNumbers> PickAsync(long from, int max)
    {
        var numbers = new List<long>();
        var number = State.Count == 0 ? Next : Math.Max(from, State.First);
        for (var looks = 0; number < Next && numbers.Count < max && looks < MaxLooks; looks++, number++)
        {
            if (IsSetAside(await ReadRecordAsync(number)))
                numbers.Add(number);
        }

        return new SetAsideNumbers(numbers, number < Next ? number : null);
    }

    public async Task<SetAsideContent?> ReadAsync(long number) =>
        await FindAsync(number) is { Value: { Body: { } body } record } ? new SetAsideContent(record.ToEntry(number)!, body.Body) : null;

    public async Task<bool?> TryAsync(long number) =>
        await FindAsync(number) is { Value: { Body: { } body } record } ? record.Outcome is not null || Parse(body).Problem is null : null;

    public async Task<SetAsideOutcome?> ReplayAsync(long number, CustomerContext customerContext)
    {
        if (await FindAsync(number) is not { Value.Body: { } body } record)
            return null;
        if (record.Value.Outcome is { } former)
            return former;
        var reading = Parse(body);
        if (reading.Problem is { } problem)
        {
            await NoteReasonAsync(record, number, body with { Reason = problem });
            return SetAsideOutcome.NotUnderstood;
        }

        // The customer first: what dies before the next line is replayed again, and the customer knows it.
        var outcome = reading.Message is { } message ? await GiveAsync(reading.CustomerId, message, customerContext) : SetAsideOutcome.NotNeeded;
        await LeaveAsync(record, new SetAsideLeaving(number, outcome));
        LogReplayed(number, _key, outcome);
        return outcome;
    }

    public async Task<bool> RemoveAsync(long number)
    {
        if (await FindAsync(number) is not { } record)
            return false;
        var leaving = new SetAsideLeaving(number, null);
        if (IsSetAside(record))
            await LeaveAsync(record, leaving);
        else
            await FinishAsync(leaving, record);
        LogRemoved(number, _key);
        return true;
    }

    private static bool IsSetAside(StoredRecord<SetAsideRecord> record) => record.Value is { Body: not null, Outcome: null };

    private static WebhookReading Parse(SetAsideBody body)
    {
        var slash = body.Topic.IndexOf('/', StringComparison.Ordinal);
        return WebhookParser.Read(body.Topic[..Math.Max(slash, 0)], body.Topic[(slash + 1)..], body.Body, body.ReceivedAt);
    }

    private Task<StoredRecord<SetAsideRecord>> ReadRecordAsync(long number) =>
        StoredRecord<SetAsideRecord>.ReadAsync(storage, context.GrainId, string.Create(CultureInfo.InvariantCulture, $"body-{number}"));

    private async Task<StoredRecord<SetAsideRecord>?> FindAsync(long number)
    {
        if (number < 0 || number >= Next)
            return null;
        var record = await ReadRecordAsync(number);
        return record.Value.Body is null ? null : record;
    }

    private async Task<SetAsideOutcome> GiveAsync(long customerId, WebhookMessage message, CustomerContext customerContext)
    {
        var customer = grains.GetGrain<ICustomerGrain>(new CustomerKey(_key, customerId).ToString());
        return await customer.ApplyWebhookAsync(message, customerContext) == ApplyOutcome.Applied ? SetAsideOutcome.Applied : SetAsideOutcome.Duplicate;
    }

    private async Task NoteReasonAsync(StoredRecord<SetAsideRecord> record, long number, SetAsideBody body)
    {
        if (record.Value.Body!.Reason == body.Reason)
            return;
        record.Value.Body = body;
        await record.WriteAsync().OrDeactivateAsync(this);
        if (number != Next - 1)
            return;
        State.LastReason = body.Reason;
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    /// <summary>
    /// Takes a body out of the sums and then its content away. The write of the sums says what is to become of the body, so that the
    /// next activation finishes what a crash in between left.
    /// </summary>
    private async Task LeaveAsync(StoredRecord<SetAsideRecord> record, SetAsideLeaving leaving)
    {
        var (first, firstAt) = leaving.Number == State.First ? await FindFirstAsync(leaving.Number + 1) : (State.First, State.FirstAt);
        State.Next = Next;
        State.Count--;
        State.Bytes -= record.Value.Body!.Body.Length;
        (State.First, State.FirstAt) = (first, firstAt);
        if (leaving.Number == State.Next - 1)
            State.LastReason = null;
        State.Leaving = leaving;
        await store.WriteStateAsync().OrDeactivateAsync(this);
        await FinishAsync(leaving, record);
    }

    private async Task<(long First, DateTimeOffset? FirstAt)> FindFirstAsync(long number)
    {
        // Only ahead, so that over time each record is passed once.
        for (; State.Count > 1 && number < Next; number++)
        {
            if (await ReadRecordAsync(number) is { Value: { Body: { } body, Outcome: null } })
                return (number, body.ReceivedAt);
        }

        return (Next, null);
    }

    private async Task FinishAsync(SetAsideLeaving leaving, StoredRecord<SetAsideRecord> record)
    {
        if (record.Value.Body is not { } body)
            return;
        if (leaving.Outcome is null)
        {
            await record.ClearAsync().OrDeactivateAsync(this);
        }
        else if (record.Value.Outcome is null)
        {
            record.Value.FormerSize = body.Body.Length;
            record.Value.Body = body with { Body = [] };
            record.Value.Outcome = leaving.Outcome;
            await record.WriteAsync().OrDeactivateAsync(this);
        }
    }

    [LoggerMessage(4711, LogLevel.Information, "Body {Number} that connection {Connection} had set aside was replayed: {Outcome}")]
    private partial void LogReplayed(long number, ConnectionKey connection, SetAsideOutcome outcome);

    [LoggerMessage(4712, LogLevel.Information, "Body {Number} that connection {Connection} had set aside was removed")]
    private partial void LogRemoved(long number, ConnectionKey connection);
}
