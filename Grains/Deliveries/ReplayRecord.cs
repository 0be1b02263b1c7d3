using RechargeGrains.Deliveries;

namespace RechargeGrains.Grains.Deliveries;

/// <summary>The last replay of a connection, and where in the log it is.</summary>
internal sealed class ReplayRecord
{
    public ReplayStatus? Status { get; set; }

    public DateOnly Day { get; set; }

    public long Position { get; set; }
}
