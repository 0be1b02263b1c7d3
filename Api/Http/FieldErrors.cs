namespace RechargeGrains.Api.Http;

/// <summary>Collects everything that is wrong with a request, by field, so that all of it can be mended in one go.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>A name for people by <see cref="NameRule"/>, trimmed.</summary>
    public string Name(string field, string? value)
    {
        var name = value?.Trim() ?? "";
        if (!NameRule.IsName(name))
            Add(field, $"{field} is expected to be a text of 1 to {NameRule.MaxLength} characters on one line.");
        return name;
    }

    public string Needed(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(field, $"{field} is needed.");
        return value?.Trim() ?? "";
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() => _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
}
