using RechargeGrains.Connections;

namespace RechargeGrains.Grains.Connections;

/// <summary>One body that was set aside, as it is stored.</summary>
internal sealed class SetAsideRecord
{
    /// <summary>Without content once it is replayed.</summary>
    public SetAsideBody? Body { get; set; }

    /// <summary>What became of it; null while it is set aside.</summary>
    public SetAsideOutcome? Outcome { get; set; }

    /// <summary>How large the content was that is gone.</summary>
    public int FormerSize { get; set; }

    public SetAsideEntry? ToEntry(long number) => Body is { } body
        ? new SetAsideEntry
        {
            Number = number,
            Topic = body.Topic,
            ReceivedAt = body.ReceivedAt,
            Reason = body.Reason,
            Size = Outcome is null ? body.Body.Length : FormerSize,
            Status = Outcome is null ? SetAsideStatus.SetAside : SetAsideStatus.Replayed,
            Outcome = Outcome,
        }
        : null;
}
