using System.Text.Json;

namespace RechargeGrains.Grains.Telemetry;

/// <summary>The names of values as others see them.</summary>
internal static class SnakeCase
{
    public static string NameOf<T>(T value)
        where T : struct, Enum => Names<T>.Of[value];

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
