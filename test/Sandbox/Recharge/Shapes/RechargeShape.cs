namespace RechargeGrains.Sandbox;

/// <summary>Writes the store's objects as one version of the API shows them.</summary>
internal abstract class RechargeShape(RechargeStore store)
{
    protected RechargeStore Store { get; } = store;

    public abstract string Version { get; }

    public static RechargeShape Of(string version, RechargeStore store) =>
        version == ApiVersions.Newest ? new Shape202111(store) : new Shape202101(store);

    public abstract JsonObject Customer(Customer customer);

    public abstract JsonObject Subscription(Subscription subscription);

    public abstract JsonObject Charge(Charge charge);

    public abstract JsonObject Address(Address address);

    public abstract JsonObject StoreSettings();

    public static string Lower<T>(T value)
        where T : struct, Enum => LowerNames<T>.Of[value];

    protected static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    protected JsonObject PostalAddress(Charge charge)
    {
        var address = Store.TryAddress(charge.AddressId);
        var customer = Store.TryCustomer(charge.CustomerId);
        return new JsonObject
        {
            ["address1"] = address?.Street,
            ["address2"] = null,
            ["city"] = address?.City,
            ["company"] = null,
            ["country_code"] = "GB",
            ["first_name"] = customer?.FirstName,
            ["last_name"] = customer?.LastName,
            ["phone"] = customer?.Phone,
            ["province"] = null,
            ["zip"] = address?.Zip,
        };
    }

    // A filter asks for the name of every row of the store.
    private static class LowerNames<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());
    }
}
