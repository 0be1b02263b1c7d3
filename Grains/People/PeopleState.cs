using RechargeGrains.People;

namespace RechargeGrains.Grains.People;

internal sealed class PeopleState
{
    public List<Person> People { get; set; } = [];

    /// <summary>Hashes of the codes for the first of the staff, with when they end.</summary>
    public Dictionary<string, DateTimeOffset> FirstCodes { get; set; } = new(StringComparer.Ordinal);
}
