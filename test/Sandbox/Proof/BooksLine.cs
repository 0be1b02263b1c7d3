namespace RechargeGrains.Sandbox;

/// <summary>The sums of one type of event.</summary>
/// <param name="Type">The type.</param>
/// <param name="Happened">How many happened at Recharge.</param>
/// <param name="Accepted">How many of these Ometria accepted, each counted once.</param>
/// <param name="Rejected">How many a fault kept Ometria from accepting.</param>
/// <param name="Lost">How many never came.</param>
/// <param name="Unknown">Accepted, and never happened.</param>
public sealed record BooksLine(string Type, int Happened, int Accepted, int Rejected, int Lost, int Unknown);
