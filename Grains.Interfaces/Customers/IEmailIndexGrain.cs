namespace RechargeGrains.Customers;

/// <summary>
/// Finds customers by e-mail address (key: connection and a salted hash of the address, so that no address can be read
/// or guessed from a key).
/// </summary>
[Alias("rg.email-index")]
public interface IEmailIndexGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task AddAsync(long customerId);

    [Alias("list")]
    Task<IReadOnlyList<long>> ListAsync();
}
