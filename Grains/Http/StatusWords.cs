namespace RechargeGrains.Grains.Http;

/// <summary>What a service answered that cannot be used, for people. Pure.</summary>
internal static class StatusWords
{
    /// <param name="service">Recharge or Ometria.</param>
    /// <param name="status">Null if there was no answer.</param>
    public static string Of(string service, int? status) => status switch
    {
        null => $"{service} could not be reached.",
        >= 200 and < 300 => $"{service}'s answer could not be read.",
        >= 300 and < 400 => $"{service} answered {status}, which leads to another address and is not followed.",
        _ => $"{service} answered {status}.",
    };
}
