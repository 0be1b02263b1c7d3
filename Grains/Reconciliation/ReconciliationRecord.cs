using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Reconciliation;

/// <summary>What is kept of a connection's comparisons.</summary>
internal sealed class ReconciliationRecord
{
    public ImportSettings? Settings { get; set; }

    public ReconciliationJob? Job { get; set; }

    /// <summary>Changes before this instant were compared when they had settled.</summary>
    public DateTimeOffset? ComparedThrough { get; set; }

    /// <summary>When the last comparison began, of whichever kind.</summary>
    public DateTimeOffset? LastStartedAt { get; set; }

    /// <summary>The newest night whose full comparison is done or need not be; null before the first import is done.</summary>
    public DateOnly? LastNight { get; set; }

    /// <summary>A night whose full comparison is due and not started.</summary>
    public DateOnly? DueNight { get; set; }

    public bool IsFullRequested { get; set; }

    /// <summary>A gap that is to be read; several that were not yet read are one.</summary>
    public DateTimeOffset? GapFrom { get; set; }

    public DateTimeOffset? GapUntil { get; set; }

    public long Found { get; set; }

    public long Repaired { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    public DateTimeOffset? ComparedAllAt { get; set; }

    /// <summary>What happened before it was there to be seen by the last full comparison that came to its end, and is told.</summary>
    public DateTimeOffset? ComparedAllUntil { get; set; }

    /// <summary>The part of the contact book with which the next search for customers that are gone begins.</summary>
    public int GoneFromPart { get; set; }
}
