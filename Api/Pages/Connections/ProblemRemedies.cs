using MudBlazor;
using RechargeGrains.Accounts;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>How bad a problem is, and where what mends it is done. Pure.</summary>
internal static class ProblemRemedies
{
    /// <summary>The account whose key is to be replaced, if that is the remedy.</summary>
    public static AccountKind? KeyOf(string code) => code switch
    {
        "ometria_key_refused" => AccountKind.Ometria,
        "recharge_key_refused" or "bad_signatures" or "no_client_secret" or "webhooks_not_registered" or "charges_not_read" => AccountKind.Recharge,
        _ => null,
    };

    /// <summary>What the delivery log is to be narrowed to, if the remedy begins there; empty for all of it.</summary>
    public static string? DeliveriesOf(string code) => code switch
    {
        "dead_letters" => "?status=dead_lettered",
        "rejected" => "?status=rejected",
        "backlog_full" or "quota_reached" or "delivery_failing" => "?status=waiting",
        "events_paced" => "",
        _ => null,
    };

    public static Severity SeverityOf(string code) => code switch
    {
        "ometria_key_refused" or "recharge_key_refused" or "not_enabled" or "backlog_full" => Severity.Error,
        "webhooks_restored" or "events_paced" or "no_client_secret" or "ometria_errors" => Severity.Info,
        _ => Severity.Warning,
    };
}
