namespace RechargeGrains.Contacts;

/// <summary>The two contact fields. Without any active subscription both are 0, whatever was cancelled before.</summary>
[GenerateSerializer, Immutable, Alias("rg.contact-numbers.v1")]
public readonly record struct ContactNumbers([property: Id(0)] int Total, [property: Id(1)] int Active);
