namespace RechargeGrains.Api.Pages;

/// <summary>Somebody's role does not allow what their page offered, because it was changed meanwhile.</summary>
internal sealed class NotAllowedException() : Exception("Your role does not allow this any more. Load the page again.");
