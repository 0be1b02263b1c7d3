namespace RechargeGrains.Grains.Imports;

/// <summary>What a charge is known by, whatever its id.</summary>
internal readonly record struct ChargeDate(long AddressId, DateOnly Date);
