namespace RechargeGrains.Grains.Imports;

/// <summary>Contacts could not be sent for now; they stay in the contact book. The message is free of personal data.</summary>
internal sealed class OmetriaUnavailableException(string message) : Exception(message);
