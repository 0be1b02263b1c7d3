using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Ometria.Client;

/// <summary>Body of a 202. Only the first four fields are documented; each may be missing.</summary>
internal sealed class PushAnswerDto
{
    [JsonPropertyName("request_id")]
    public string? RequestId { get; set; }

    [JsonPropertyName("accepted")]
    public int? Accepted { get; set; }

    [JsonPropertyName("rejected")]
    public int? Rejected { get; set; }
}
