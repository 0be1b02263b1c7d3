namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>A customer as it is first written: what a webhook says is put into its state, and the state is written.</summary>
public interface ICustomerRecordGrain : IGrainWithStringKey
{
    Task KeepAsync(SubscriptionRow row);
}
