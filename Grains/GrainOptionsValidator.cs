using Microsoft.Extensions.Options;
using RechargeGrains.Grains.Deliveries;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Tenants;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains;

/// <summary>Checks the settings that grains use. Every message names the key and what is expected.</summary>
internal sealed class GrainOptionsValidator
    : IValidateOptions<RechargeOptions>, IValidateOptions<OmetriaOptions>, IValidateOptions<ScheduleOptions>, IValidateOptions<OutboxOptions>,
      IValidateOptions<DeliveryOptions>, IValidateOptions<OutboundOptions>, IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, RechargeOptions options) => Result(
        Url("Recharge:BaseUrl", options.BaseUrl),
        Between("Recharge:CallsPerSecond", options.CallsPerSecond, 0.1, 1_000));

    public ValidateOptionsResult Validate(string? name, OmetriaOptions options) => Result(
        Url("Ometria:BaseUrl", options.BaseUrl),
        Between("Ometria:PushesPerSecond", options.PushesPerSecond, 0.1, 1_000));

    public ValidateOptionsResult Validate(string? name, ScheduleOptions options) => Result(
        DailyClock.TryParse(options.DailySyncUtc) is null
            ? $"Schedule:DailySyncUtc is '{options.DailySyncUtc}'; expected is a time of day in UTC as HH:MM, for instance 06:00."
            : null,
        Between("Schedule:UpcomingChargeDays", options.UpcomingChargeDays, 1, 60),
        Span("Schedule:UpcomingChargeEvery", options.UpcomingChargeEvery),
        Span("Schedule:WebhookCheckEvery", options.WebhookCheckEvery),
        Span("Schedule:ReconcileEvery", options.ReconcileEvery),
        Span("Schedule:ErrorPollEvery", options.ErrorPollEvery));

    public ValidateOptionsResult Validate(string? name, OutboxOptions options) => Result(Between("Outbox:MaxWaiting", options.MaxWaiting, 1, 10_000_000));

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) => Result(Between("Deliveries:KeepDays", options.KeepDays, 1, 3_650));

    public ValidateOptionsResult Validate(string? name, OutboundOptions options) =>
        Result(options.Proxy is { } proxy ? Url("Outbound:Proxy", proxy) : null);

    public ValidateOptionsResult Validate(string? name, QuotaOptions options) => Result(
        Between("Quotas:Connections", options.Connections, 1, TenantQuotas.MostConnections),
        Between("Quotas:WebhooksPerSecond", options.WebhooksPerSecond, 1, TenantQuotas.MostWebhooksPerSecond),
        Between("Quotas:Backlog", options.Backlog, 1, TenantQuotas.MostBacklog));

    private static string? Span(string key, TimeSpan value) =>
        value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromDays(1) ? $"{key} is {value}; expected is a span from 00:00:01 to 1.00:00:00." : null;

    private static string? Url(string key, string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? null
            : $"{key} is '{value}'; expected is an absolute http or https address.";

    private static string? Between(string key, double value, double least, double most) =>
        value >= least && value <= most ? null : FormattableString.Invariant($"{key} is {value}; expected is a number from {least} to {most}.");

    private static ValidateOptionsResult Result(params IEnumerable<string?> problems)
    {
        var found = problems.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}
