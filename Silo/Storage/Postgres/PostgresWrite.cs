namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>A record to be written or deleted, and whoever waits for it.</summary>
/// <param name="Grain">The record's grain, as in the table.</param>
/// <param name="Name">The record's name.</param>
/// <param name="Expected">The version that has to be there; null where none may be.</param>
/// <param name="State">What to write; null to delete.</param>
internal sealed record PostgresWrite(string Grain, string Name, int? Expected, ReadOnlyMemory<byte>? State)
{
    private readonly TaskCompletionSource<int?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The version that is there now, once that is on disk; null where another one was there than expected.</summary>
    public Task<int?> Outcome => _outcome.Task;

    /// <summary>About how many bytes go over the wire.</summary>
    public int Size => State?.Length ?? 0;

    public void Complete(int? version) => _outcome.SetResult(version);

    public void Fail(Exception failure) => _outcome.SetException(failure);
}
