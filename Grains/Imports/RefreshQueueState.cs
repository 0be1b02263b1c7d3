using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Imports;

internal sealed class RefreshQueueState
{
    public ImportSettings? Settings { get; set; }
}
