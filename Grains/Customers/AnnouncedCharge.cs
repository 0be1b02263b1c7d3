namespace RechargeGrains.Grains.Customers;

/// <summary>A charge that was announced, or need not be: address and date.</summary>
internal sealed record AnnouncedCharge(long AddressId, DateOnly Date);
