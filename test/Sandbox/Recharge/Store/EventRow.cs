namespace RechargeGrains.Sandbox;

/// <summary>A row of <c>GET /events</c>.</summary>
internal sealed record EventRow(long Id, long CustomerId, long ObjectId, string ObjectType, string Verb, DateTimeOffset CreatedAt);
