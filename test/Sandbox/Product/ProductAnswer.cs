namespace RechargeGrains.Sandbox;

/// <summary>An answer of the product's API.</summary>
public sealed record ProductAnswer(int Status, JsonNode? Body, string Text)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The stable code of an error.</summary>
    public string? Code => Field("code");

    /// <summary>A field of the answer, if it is one value.</summary>
    public string? Field(string name) => Body is JsonObject && Body[name] is JsonValue value ? value.ToString() : null;

    /// <summary>This answer, if it is the one that was expected.</summary>
    public ProductAnswer Expect(int status) =>
        Status == status ? this : throw new InvalidOperationException($"The product answered {Status} where {status} was expected: {Text}");
}
