namespace RechargeGrains.Customers;

/// <summary>Ids of test events. No business event has one of them, however it is derived.</summary>
public static class TestEventId
{
    private const string Prefix = "test_";

    /// <summary>Another one each time: a test may be repeated.</summary>
    public static string New() => $"{Prefix}{Guid.CreateVersion7():N}";

    public static bool Is(string eventId)
    {
        ArgumentNullException.ThrowIfNull(eventId);
        return eventId.StartsWith(Prefix, StringComparison.Ordinal);
    }
}
