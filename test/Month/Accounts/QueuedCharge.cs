namespace RechargeGrains.Month;

/// <summary>An address and a date, with the times in which a charge was queued for it, under whatever id.</summary>
internal sealed record QueuedCharge(long CustomerId, long AddressId, DateOnly On, IReadOnlyList<Span> Spans);
