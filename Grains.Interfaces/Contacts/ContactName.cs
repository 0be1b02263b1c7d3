namespace RechargeGrains.Contacts;

/// <summary>Who a contact is, without numbers.</summary>
/// <param name="CustomerId">Recharge's id of the customer.</param>
/// <param name="Email">The address.</param>
/// <param name="IsRecorded">Whether the contact book was told of the customer at some time: what it no longer holds, it has sent.</param>
[GenerateSerializer, Immutable, Alias("rg.contact-name.v1")]
public readonly record struct ContactName([property: Id(0)] long CustomerId, [property: Id(1)] string Email, [property: Id(2)] bool IsRecorded);
