namespace RechargeGrains.Silo.Hosting;

/// <summary>A setting is missing or wrong. The message is one line that names the key and says what is expected.</summary>
public sealed class SettingsException(string message) : Exception(message);
