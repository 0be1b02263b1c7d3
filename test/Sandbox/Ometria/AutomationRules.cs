namespace RechargeGrains.Sandbox;

/// <summary>
/// Which events an automation ignores: those whose timestamp is more than 4 hours past when they arrive, and those
/// beyond the first 1,000 of their type in one 5-minute check. A timestamp in the future counts when its time comes.
/// </summary>
internal static class AutomationRules
{
    public const int MostAtOneGo = 1000;
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(4);
    public static readonly TimeSpan Check = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<AcceptedEvent> Ignored(IReadOnlyList<AcceptedEvent> events)
    {
        var entered = new Dictionary<(string Type, long Check), int>();
        return [.. events.Where(held => !Enters(held, entered))];
    }

    private static bool Enters(AcceptedEvent held, Dictionary<(string Type, long Check), int> entered)
    {
        if (held.ReceivedAt - held.Timestamp > Oldest)
            return false;
        var at = held.Timestamp > held.ReceivedAt ? held.Timestamp : held.ReceivedAt;
        var check = (held.EventType, at.UtcTicks / Check.Ticks);
        var count = entered.GetValueOrDefault(check);
        entered[check] = count + 1;
        return count < MostAtOneGo;
    }
}
