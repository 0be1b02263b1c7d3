using RechargeGrains.Deliveries;

namespace RechargeGrains.Grains.Outbox;

/// <summary>What became of one event of a segment.</summary>
internal sealed record Settlement
{
    public required DeliveryStatus Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? RequestId { get; init; }

    public string? Error { get; init; }

    public int Attempts { get; init; }

    public int Repeats { get; init; }

    public Stamp? Stamp { get; init; }
}
