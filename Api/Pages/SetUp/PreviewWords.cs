using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Imports;

namespace RechargeGrains.Api.Pages.SetUp;

/// <summary>What a first import would read, in words. Pure.</summary>
internal static class PreviewWords
{
    public static string Numbers(ImportPreview preview) => preview switch
    {
        { State: ImportPreviewState.Done, Customers: 0 } => "No customer changed at Recharge after this date, so the first import would read nobody.",
        { State: ImportPreviewState.Counting, Customers: 0 } => "The counting has begun.",
        _ => $"{Sentences.Count(preview.Customers, "customer", "customers")}{(preview.State == ImportPreviewState.Done ? "" : " so far")}, "
            + $"with {Sentences.Count(preview.Subscriptions, "subscription", "subscriptions")}, {Times.Number(preview.Active)} of them active.",
    };

    public static string Duration(ImportPreview preview) => preview switch
    {
        { Customers: 0 } => "",
        { EstimatedSeconds: < 60 } => "Importing them takes less than a minute.",
        _ => $"Importing them takes about {Times.Span(TimeSpan.FromSeconds(preview.EstimatedSeconds))}{(preview.State == ImportPreviewState.Done ? "" : " or longer")}.",
    };

    public static string State(ImportPreview preview) => preview switch
    {
        { State: ImportPreviewState.Counting, Failure: { } held } => $"Counting is held up and goes on by itself: {held}",
        { State: ImportPreviewState.Counting } => "Still counting. You can go on meanwhile.",
        { State: ImportPreviewState.Failed, Failure: { } why } => $"Recharge could not be counted: {why}",
        _ => "",
    };
}
