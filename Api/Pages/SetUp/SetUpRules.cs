using RechargeGrains.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.SetUp;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.SetUp;

/// <summary>What holds of an unfinished set-up. Pure.</summary>
internal static class SetUpRules
{
    /// <summary>The steps by the names that the customers' guide gives them.</summary>
    public static readonly IReadOnlyList<string> Names = ["Ometria API key", "Recharge API key", "Fields and events", "Customers start date", "Finish"];

    /// <summary>
    /// The draft as far as it can be gone on with: without accounts that are not there any more, and at the first step that lacks what the
    /// later ones build on. The same instance if all of it holds.
    /// </summary>
    public static SetUpDraft Fit(SetUpDraft draft, IReadOnlyList<AccountInfo> accounts)
    {
        var ometria = Known(draft.OmetriaAccountId, AccountKind.Ometria, accounts);
        var recharge = Known(draft.RechargeAccountId, AccountKind.Recharge, accounts);
        var step = (int)Min((SetUpStep)Math.Max(draft.Step, 0), Furthest(ometria, recharge, draft.CustomersStartDate));
        return (ometria, recharge, step) == (draft.OmetriaAccountId, draft.RechargeAccountId, draft.Step)
            ? draft
            : draft with { OmetriaAccountId = ometria, RechargeAccountId = recharge, Step = step };
    }

    /// <summary>The events that the connection gets: what was chosen and is enabled, and before anybody chose what is usual.</summary>
    public static IReadOnlyList<EventKind> EventsOf(SetUpDraft draft, Enablement enablement) =>
        [.. EventKinds.All.Where(enablement.CustomEvents.Contains).Where((draft.CustomEvents ?? EventKinds.Usual).Contains)];

    /// <summary>The events to choose from: those that everybody knows of, and what else was enabled.</summary>
    public static IReadOnlyList<EventKind> OfferedEvents(Enablement enablement) =>
        [.. EventKinds.All.Where(kind => EventKinds.Usual.Contains(kind) || enablement.CustomEvents.Contains(kind))];

    private static string? Known(string? accountId, AccountKind kind, IReadOnlyList<AccountInfo> accounts) =>
        accounts.Any(account => account.AccountId == accountId && account.Kind == kind) ? accountId : null;

    private static SetUpStep Furthest(string? ometria, string? recharge, DateTimeOffset? start) =>
        ometria is null ? SetUpStep.Ometria
        : recharge is null ? SetUpStep.Recharge
        : start is null ? SetUpStep.Start
        : SetUpStep.Finish;

    private static SetUpStep Min(SetUpStep one, SetUpStep other) => one < other ? one : other;
}
