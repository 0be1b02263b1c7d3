using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Ometria.Client;

/// <summary>What is read of the body of a 202 (article on the push API). Each field may be missing.</summary>
internal sealed class PushAnswerDto
{
    [JsonPropertyName("request_id")]
    public string? RequestId { get; set; }

    [JsonPropertyName("rejected")]
    public int? Rejected { get; set; }
}
