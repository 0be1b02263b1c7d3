using Microsoft.AspNetCore.Components;
using MudBlazor;
using RechargeGrains.Accounts;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Pages.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>How one connection fares, and what administrators can do about it.</summary>
public sealed partial class ConnectionPage
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);

    private ImportPace _pace = new();
    private ImportProgress? _progress;
    private IReadOnlyDictionary<DateOnly, IReadOnlyList<DeliveryCount>> _counted = new Dictionary<DateOnly, IReadOnlyList<DeliveryCount>>();
    private DateTimeOffset? _lastCount;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private IConnectionGrain Connection => Grains.GetGrain<IConnectionGrain>(Key.ToString());

    private protected override void Reset()
    {
        base.Reset();
        (_pace, _progress, _lastCount) = (new ImportPace(), null, null);
        _counted = new Dictionary<DateOnly, IReadOnlyList<DeliveryCount>>();
    }

    private protected override async Task<bool> LoadMoreAsync(TenantDoor door, ConnectionStatus status)
    {
        var key = Key;
        var progress = await ProgressOfAsync(status);
        if (key != Key)
            return true;
        _progress = progress;
        var now = Time.GetUtcNow();
        if (_lastCount is { } last && now - last < CountEvery)
            return true;
        var days = EventChart.DaysOf(now);
        var counts = await Task.WhenAll(days.Select(day => Grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(key, day).ToString()).CountAsync()));
        if (key == Key)
            (_counted, _lastCount) = (days.Zip(counts).ToDictionary(), now);
        return true;
    }

    /// <summary>Of the import that is under way, or null.</summary>
    private async Task<ImportProgress?> ProgressOfAsync(ConnectionStatus status)
    {
        var import = status.Import;
        if (status.State == ConnectionState.Disconnected)
            return null;
        if (import.Reimport is { FinishedAt: null } again)
            // What the first import met is there still, or nearly all of it.
            return Progress(again.CustomersRead, again.StartedAt, import.CustomersRead);
        if (import is not { State: ImportState.Running or ImportState.Waiting, StartedAt: { } started })
            return null;
        var preview = await Grains.GetGrain<IImportPreviewGrain>(status.Settings.RechargeAccount.ToString()).GetAsync();
        var isCounted = preview is { State: ImportPreviewState.Done } && preview.CustomersStartDate == status.Settings.CustomersStartDate;
        return Progress(import.CustomersRead, started, isCounted ? preview!.Customers : null);
    }

    private ImportProgress Progress(long read, DateTimeOffset startedAt, long? total)
    {
        var now = new ImportSample(Time.GetUtcNow(), read);
        return ImportProgress.Of(_pace.Note(now, startedAt), now, total);
    }

    private AccountInfo? AccountOf(AccountKind kind) => Accounts.GetValueOrDefault(
        (kind == AccountKind.Ometria ? Status!.Settings.OmetriaAccount : Status!.Settings.RechargeAccount).AccountId);

    private Task ActAsync(ConnectionAction action, string done) => TryAsync(async () =>
    {
        var answer = await Door!.DoAsync<ConnectionStatus>($"connection.{action.Name}", ConnectionId, async () =>
        {
            // Somebody else may have steered it since it was loaded.
            var status = (await Board.OfAsync(Key))!;
            if (action.Refusal(status.State) is { } refusal)
                return refusal;
            await action.Act(Connection);
            return status;
        });
        Snackbar.Add(answer.Error?.Message ?? done, answer.Error is null ? Severity.Success : Severity.Error);
    });

    private async Task<Answer<DeliveryEntry>> SendTestAsync(EventKind kind, string email)
    {
        try
        {
            return await Door!.DoAsync(TestEventSender.AuditedAs, EventKinds.NameOf(kind), () => TestEventSender.SendAsync(Grains, Key, kind, email), ConnectionId);
        }
        catch (OutboxFullException)
        {
            return new TenantError("backlog_full", "So many events wait that no more can be taken. The problems of the connection say why.");
        }
    }

    private async Task ShowReplaceAsync(AccountInfo? account)
    {
        if (account is null)
            return;
        var parameters = new DialogParameters<ReplaceKeyDialog>
        {
            { dialog => dialog.Account, account },
            { dialog => dialog.Replace, (key, secret) => Door!.ReplaceKeyAsync(account, key, secret) },
        };
        var shown = await Dialogs.ShowAsync<ReplaceKeyDialog>($"Replace the {account.Kind} key", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        if (await shown.Result is { Canceled: false })
            await TryAsync(() => Task.CompletedTask, $"The {account.Kind} key is replaced.");
    }
}
