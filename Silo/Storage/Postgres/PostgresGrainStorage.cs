using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>
/// Grain state in PostgreSQL, by Orleans' own ADO.NET provider over our statements (<see cref="PostgresSchema"/>). A record is replaced or
/// cleared only by whoever saw its latest version; all others get an <see cref="InconsistentStateException"/>.
/// </summary>
/// <remarks>
/// Four things are done here because the provider does them in a way that does not suit: it reads string keys that look like hexadecimal
/// numbers as numbers, so that two of them could share a record; it serializes after it has waited for a connection, when the turn of the grain may have gone on;
/// it clears a record that the caller never saw; and it knows nothing of cancellation.
/// </remarks>
internal sealed partial class PostgresGrainStorage(
    IGrainStorage provider, IGrainStorageSerializer serializer, IActivatorProvider activators, ILogger<PostgresGrainStorage> logger) : IGrainStorage
{
    private static readonly GrainType AnyType = GrainType.Create("record");

    private readonly ILogger<PostgresGrainStorage> _logger = logger;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(stateName, grainId, cancellationToken);
        try
        {
            grainState.State = stored.RecordExists ? serializer.Deserialize<T>(new BinaryData(stored.State!.Bytes)) : NewState<T>();
        }
        catch (SecretUnreadableException failure)
        {
            LogUnreadable(failure, stateName, grainId);
            throw;
        }

        grainState.RecordExists = stored.RecordExists;
        grainState.ETag = stored.RecordExists ? stored.ETag : null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        // Made here, on the caller's turn: the state may change while the write waits.
        var stored = new GrainState<SealedState>
        {
            State = new SealedState { Bytes = serializer.Serialize(grainState.State).ToMemory() },
            ETag = Known(grainState.ETag),
            RecordExists = grainState.RecordExists,
        };
        await AskAsync(() => provider.WriteStateAsync(stateName, RowOf(grainId), stored), cancellationToken);
        grainState.RecordExists = true;
        grainState.ETag = stored.ETag;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(grainState.ETag))
        {
            // Clearing nothing is fine for a caller who never saw a record, and a conflict if there is one.
            var stored = await ReadAsync(stateName, grainId, cancellationToken);
            if (stored.RecordExists)
                throw new InconsistentStateException($"Refused to clear '{stateName}' of {grainId}: it is at another version.", stored.ETag ?? "none", "none");
        }
        else
        {
            var stored = new GrainState<SealedState> { State = new SealedState(), ETag = Known(grainState.ETag), RecordExists = true };
            await AskAsync(() => provider.ClearStateAsync(stateName, RowOf(grainId), stored), cancellationToken);
        }

        grainState.State = NewState<T>();
        grainState.RecordExists = false;
        grainState.ETag = null;
    }

    private async Task<GrainState<SealedState>> ReadAsync(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        var stored = new GrainState<SealedState>();
        await AskAsync(() => provider.ReadStateAsync(stateName, RowOf(grainId), stored), cancellationToken);
        return stored;
    }

    private static async Task AskAsync(Func<Task> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await ask();
        }
        catch (NpgsqlException failure)
        {
            // Which is serializable, for callers in another process, and names no table and no value.
            throw new StorageUnavailableException($"The database could not do it: {PostgresFailure.Reason(failure)}.");
        }
    }

    /// <summary>The whole grain id as the key. A slash in front is no hexadecimal digit, so that the provider takes it for what it is: text.</summary>
    private static GrainId RowOf(GrainId grainId) => GrainId.Create(AnyType, IdSpan.Create($"/{grainId}"));

    /// <summary>An ETag of another kind, as of another store, matches no version.</summary>
    private static string? Known(string? etag) => string.IsNullOrEmpty(etag)
        ? null
        : int.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? etag : "-1";

    private T NewState<T>() => activators.GetActivator<T>().Create();

    [LoggerMessage(2304, LogLevel.Error, "The record {Name} of {Grain} cannot be opened")]
    private partial void LogUnreadable(Exception error, string name, GrainId grain);
}
