using System.Globalization;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Pages.Deliveries;

/// <summary>What is typed into the filter of the delivery log.</summary>
public sealed record DeliveryQuery
{
    public DeliveryStatus? Status { get; set; }

    public string? Type { get; set; }

    public string? Email { get; set; }

    /// <summary>Whole days, UTC; both are included.</summary>
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public DeliveryFilter ToFilter() => new()
    {
        Status = Status,
        Type = string.IsNullOrWhiteSpace(Type) ? null : Type.Trim(),
        Email = string.IsNullOrWhiteSpace(Email) ? null : Email.Trim(),
        From = From is { } from ? StartOf(from) : null,
        // After the last day there is nothing to leave out.
        To = To is { } to && to < DateOnly.MaxValue ? StartOf(to.AddDays(1)) : null,
    };

    /// <summary>The filter as the query of an address, with the names of the API.</summary>
    public string ToQueryString()
    {
        var filter = ToFilter();
        (string Name, string? Value)[] values =
        [
            ("status", filter.Status is { } status ? DeliveryStatuses.NameOf(status) : null), ("type", filter.Type), ("email", filter.Email),
            ("from", Text(filter.From)), ("to", Text(filter.To)),
        ];
        return string.Join('&', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
