using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Imports;

/// <summary>What is kept of a connection's import and daily runs.</summary>
internal sealed class ImportRecord
{
    public ImportSettings? Settings { get; set; }

    /// <summary>What is under way; null between runs.</summary>
    public ImportJob? Job { get; set; }

    public FirstImport First { get; set; } = new();

    /// <summary>The re-import under way, which goes on while there is no other job.</summary>
    public ImportJob? Reimport { get; set; }

    /// <summary>The last re-import that was finished.</summary>
    public ReimportStatus? LastReimport { get; set; }

    public DailyRunStatus? LastDailyRun { get; set; }

    /// <summary>The newest day whose run is done or need not be.</summary>
    public DateOnly? LastDailyDay { get; set; }

    /// <summary>A day whose run is due and not started.</summary>
    public DateOnly? DueDay { get; set; }

    /// <summary>Whether someone asked for a run now.</summary>
    public bool SyncRequested { get; set; }

    /// <summary>Changes at Recharge before this instant have been read.</summary>
    public DateTimeOffset? ReadThrough { get; set; }

    /// <summary>Whether a run is under way or due.</summary>
    public bool IsBusy() => Job is not null || Reimport is not null || SyncRequested || DueDay is not null || First is { Requested: true, FinishedAt: null };

    /// <summary>The record as it is now; what is in it never changes, it is replaced.</summary>
    public ImportRecord Copy() => (ImportRecord)MemberwiseClone();
}
