namespace RechargeGrains.Api.Pages.SetUp;

/// <summary>Why the set-up cannot go on.</summary>
/// <param name="Text">What is wrong and what to do.</param>
/// <param name="Existing">Address of the connection that there is already, if that is why.</param>
public sealed record SetUpTrouble(string Text, string? Existing = null);
