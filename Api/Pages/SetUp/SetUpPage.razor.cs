using Microsoft.AspNetCore.Components;
using MudBlazor;
using RechargeGrains.Accounts;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Pages.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.SetUp;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.SetUp;

/// <summary>The set-up of a connection. What is chosen is kept with each change, so that it can be left at any time.</summary>
public partial class SetUpPage
{
    private readonly List<AccountInfo> _accounts = [];
    private SetUpDraft _draft = new();
    private Enablement? _enablement;
    private ImportPreview? _preview;
    private SetUpTrouble? _trouble;
    private ElementReference _heading;
    private bool _isDraftLoaded;
    private bool _hasVanished;
    private bool _focusesHeading;
    private bool _busy;
    private int _changes;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ConnectionBoard Board { get; set; } = default!;

    private string ConnectionsPath => $"/t/{TenantId}/settings/connections";

    private IReadOnlyList<EventKind> Events => SetUpRules.EventsOf(_draft, _enablement!);

    private ISetUpDraftGrain Drafts => Grains.GetGrain<ISetUpDraftGrain>($"{TenantId}/{Door!.Caller.PersonId}");

    private IImportPreviewGrain? Previews => _draft.RechargeAccountId is { } account
        ? Grains.GetGrain<IImportPreviewGrain>(new AccountKey(TenantId, account).ToString())
        : null;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusesHeading)
            return;
        _focusesHeading = false;
        await _heading.FocusAsync();
    }

    private protected override void Reset()
    {
        base.Reset();
        _changes++;
        _accounts.Clear();
        (_draft, _enablement, _preview, _trouble) = (new SetUpDraft(), null, null, null);
        _isDraftLoaded = _hasVanished = _focusesHeading = _busy = false;
    }

    private protected override async Task<bool> LoadAsync(TenantDoor door)
    {
        var changes = _changes;
        if (await door.Grain.GetAsync() is not { } tenant)
            return false;
        if (door.MayChange)
        {
            var accounts = await door.Grain.ListAccountsAsync();
            var draft = _isDraftLoaded ? null : await Grains.GetGrain<ISetUpDraftGrain>($"{door.TenantId}/{door.Caller.PersonId}").GetAsync();
            if (door.TenantId != TenantId)
                return true;
            if (!_isDraftLoaded)
                _draft = draft ?? _draft;
            _isDraftLoaded = true;
            // What was read before somebody added an account here does not know of it.
            if (changes == _changes)
                Take(accounts);
            var preview = (SetUpStep)_draft.Step >= SetUpStep.Start && Previews is { } previews ? await previews.GetAsync() : null;
            if (door.TenantId != TenantId)
                return true;
            _preview = preview;
        }

        if (door.TenantId == TenantId)
            _enablement = tenant.Enablement;
        return true;
    }

    private void Take(IReadOnlyList<AccountInfo> accounts)
    {
        _accounts.Clear();
        _accounts.AddRange(accounts);
        var fit = SetUpRules.Fit(_draft, accounts);
        _hasVanished |= (fit.OmetriaAccountId, fit.RechargeAccountId) != (_draft.OmetriaAccountId, _draft.RechargeAccountId);
        _draft = fit;
    }

    private IReadOnlyList<AccountInfo> Of(AccountKind kind) => [.. _accounts.Where(account => account.Kind == kind)];

    private AccountInfo Account(string? accountId) => _accounts.Find(account => account.AccountId == accountId)!;

    private Task ChangeAsync(SetUpDraft draft)
    {
        _changes++;
        _trouble = null;
        _draft = draft with { SavedAt = Time.GetUtcNow() };
        return TryAsync(() => Drafts.SaveAsync(_draft));
    }

    private Task GoToAsync(SetUpStep step)
    {
        _hasVanished = false;
        _focusesHeading = true;
        return ChangeAsync(_draft with { Step = (int)step });
    }

    private Task ChooseOmetriaAsync(string? accountId) => ChangeAsync(_draft with { OmetriaAccountId = accountId });

    private Task ChooseRechargeAsync(string? accountId) => ChangeAsync(_draft with { RechargeAccountId = accountId });

    private async Task<Answer<AccountInfo>> AddAsync(AccountKind kind, KeyEntry entry)
    {
        var answer = await Door!.AddAccountAsync(kind, entry);
        if (answer.Value is { } account)
        {
            _changes++;
            _accounts.Add(account);
        }

        return answer;
    }

    private async Task LeaveRechargeAsync()
    {
        SetUpTrouble? trouble = null;
        if (!await TryAsync(async () => trouble = await FindExistingAsync()))
            return;
        if (trouble is null)
            await GoToAsync(SetUpStep.Fields);
        else
            _trouble = trouble;
    }

    private async Task ChooseStartAsync(DateTimeOffset start)
    {
        await ChangeAsync(_draft with { CustomersStartDate = start });
        await TryAsync(async () =>
        {
            // What was counted for this date before still holds well enough.
            var holds = await Previews!.GetAsync() is { State: not ImportPreviewState.Failed } last && last.CustomersStartDate == start;
            // While that was looked up another date may have been entered, which is counted for then: this one must not come behind it.
            if (!holds && _draft.CustomersStartDate == start)
                await Previews!.StartAsync(start);
        });
    }

    private Task CountAgainAsync() => TryAsync(() => Previews!.StartAsync(_draft.CustomersStartDate));

    private async Task FinishAsync()
    {
        if (_busy)
            return;
        _busy = true;
        _trouble = null;
        await TryAsync(ConnectAsync);
        _busy = false;
    }

    private async Task ConnectAsync()
    {
        var wanted = new NewConnection
        {
            OmetriaAccountId = _draft.OmetriaAccountId!,
            RechargeAccountId = _draft.RechargeAccountId!,
            CustomersStartDate = _draft.CustomersStartDate!.Value,
            CustomEvents = Events,
        };
        var names = $"{Account(wanted.OmetriaAccountId).Name} and {Account(wanted.RechargeAccountId).Name}";
        var answer = await Door!.DoAsync("connection.made", names, () => Door.Grain.ConnectAsync(wanted));
        if (answer.Value is { } made)
        {
            await Drafts.ClearAsync();
            Navigation.NavigateTo($"/t/{TenantId}/connections/{made.ConnectionId}");
        }
        else
        {
            _trouble = (answer.Error!.Code == "already_connected" ? await FindExistingAsync() : null) ?? new SetUpTrouble(answer.Error.Message);
        }
    }

    /// <summary>The connection between the chosen accounts that there is already, perhaps because a colleague was faster.</summary>
    private async Task<SetUpTrouble?> FindExistingAsync()
    {
        var same = (await Board.TryOfTenantAsync(TenantId)).Select(connection => connection.Answer.Status).OfType<ConnectionStatus>().FirstOrDefault(status =>
            status.State != ConnectionState.Disconnected
            && status.Settings.OmetriaAccount.AccountId == _draft.OmetriaAccountId
            && status.Settings.RechargeAccount.AccountId == _draft.RechargeAccountId);
        return same is null
            ? null
            : new SetUpTrouble(
                "These two accounts are connected already, perhaps by a colleague just now. Nothing more has to be set up; to connect another store, choose another account.",
                $"/t/{TenantId}/connections/{same.ConnectionId}");
    }

    private async Task StartOverAsync()
    {
        var sure = await Dialogs.ShowMessageBoxAsync(
            "Start over", "What you chose here is forgotten. Accounts that you added stay and can be chosen again.", yesText: "Start over", cancelText: "Keep it");
        if (sure != true)
            return;
        _changes++;
        _trouble = null;
        _hasVanished = false;
        _focusesHeading = true;
        await TryAsync(async () =>
        {
            await Drafts.ClearAsync();
            _draft = new SetUpDraft();
        });
    }
}
