namespace RechargeGrains.Grains.Imports;

/// <summary>A customer to be read, and how many of its events wait for that.</summary>
internal sealed record RefreshItem(long CustomerId, int Events);
