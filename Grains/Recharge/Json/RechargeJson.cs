using System.Text.Json;
using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>How Recharge's JSON is read, for answers and webhooks alike.</summary>
internal static class RechargeJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = true,
        MaxDepth = 64,
        Converters =
        {
            new TolerantString(), new TolerantInt64(), new TolerantInt32(), new TolerantDecimal(), new TolerantInstant(), new TolerantDate(),
        },
    };
}
