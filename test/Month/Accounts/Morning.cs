namespace RechargeGrains.Month;

/// <summary>The comparison of one morning.</summary>
/// <param name="Of">The instant whose numbers were to be there.</param>
/// <param name="Customers">Customers of the store.</param>
/// <param name="Right">Those whose contact shows the right numbers and address.</param>
/// <param name="Faults">What does not hold, in words.</param>
internal sealed record Morning(DateTimeOffset Of, int Customers, int Right, IReadOnlyList<string> Faults);
