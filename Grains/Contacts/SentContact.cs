using RechargeGrains.Contacts;

namespace RechargeGrains.Grains.Contacts;

/// <summary>What Ometria was last sent for a contact. The address is kept so that a changed one is sent too.</summary>
internal sealed record SentContact(ContactNumbers Numbers, string Email);
