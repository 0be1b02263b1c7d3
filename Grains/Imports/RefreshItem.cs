namespace RechargeGrains.Grains.Imports;

/// <summary>A customer to be read, how many of its events wait for that, and from when on it is wanted.</summary>
internal sealed record RefreshItem(long CustomerId, int Events, DateTimeOffset? NotBefore = null);
