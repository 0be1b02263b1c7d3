using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>An event that a rule decided to tell, before it has a number and an address.</summary>
internal sealed record EventDraft(EventKind Kind, string EventId, DateTimeOffset OccurredAt, string PropertiesJson, long? SubscriptionId);
