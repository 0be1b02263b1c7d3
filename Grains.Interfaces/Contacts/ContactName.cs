namespace RechargeGrains.Contacts;

/// <summary>Who a contact is, without numbers.</summary>
[GenerateSerializer, Immutable, Alias("rg.contact-name.v1")]
public readonly record struct ContactName([property: Id(0)] long CustomerId, [property: Id(1)] string Email);
