using RechargeGrains.Imports;

namespace RechargeGrains.Api.Accounts;

internal sealed class PreviewRequest
{
    /// <summary>As of a connection; all customers are counted if it is not given.</summary>
    public string? CustomersStartDate { get; set; }
}

/// <summary>What a first import would do.</summary>
/// <param name="State"><c>counting</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="CustomersStartDate">Customers changed after it are counted; all of them if null.</param>
/// <param name="Customers">Customers that would be read.</param>
/// <param name="Subscriptions">Their subscriptions, whatever the status.</param>
/// <param name="Active">Those that are active.</param>
/// <param name="PagesRead">Pages of 250 customers.</param>
/// <param name="IsMinimum">Whether the counting did not come to its end, so that there may be more of everything.</param>
/// <param name="EstimatedSeconds">How long the import of what is counted takes at the rate limits.</param>
/// <param name="EventsToBeSent">Events that the import would send.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended, well or not.</param>
/// <param name="Failure">Why it failed, or what holds it up.</param>
internal sealed record PreviewBody(
    string State,
    DateTimeOffset? CustomersStartDate,
    long Customers,
    long Subscriptions,
    long Active,
    long PagesRead,
    bool IsMinimum,
    long EstimatedSeconds,
    int EventsToBeSent,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Failure)
{
    /// <summary>An import tells no event, whatever it reads.</summary>
    private const int EventsOfAnImport = 0;

    public static PreviewBody Of(ImportPreview preview) => new(
        preview.State switch
        {
            ImportPreviewState.Counting => "counting",
            ImportPreviewState.Done => "done",
            _ => "failed",
        },
        preview.CustomersStartDate,
        preview.Customers,
        preview.Subscriptions,
        preview.Active,
        preview.PagesRead,
        preview.State != ImportPreviewState.Done,
        preview.EstimatedSeconds,
        EventsOfAnImport,
        preview.StartedAt,
        preview.FinishedAt,
        preview.Failure);
}
