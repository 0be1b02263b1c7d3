namespace RechargeGrains.Grains.Customers;

internal sealed class EmailIndexState
{
    public List<long> CustomerIds { get; set; } = [];
}
