using RechargeGrains.Keys;

namespace RechargeGrains.People;

/// <summary>
/// Which person signs in with an e-mail address (one grain, key <see cref="Key"/>). An address belongs to one person. All of them are
/// in one sealed record, because an address must not stand in a grain's key.
/// </summary>
[Alias("rg.sign-in-names")]
public interface ISignInNamesGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>Takes an address for a person. False if another has it.</summary>
    [Alias("take")]
    Task<bool> TakeAsync(string email, PersonKey person);

    /// <summary>Null if nobody has it.</summary>
    [Alias("find")]
    Task<PersonKey?> FindAsync(string email);

    /// <summary>Gives an address free, if it is that person's.</summary>
    [Alias("free")]
    Task FreeAsync(string email, PersonKey person);
}
