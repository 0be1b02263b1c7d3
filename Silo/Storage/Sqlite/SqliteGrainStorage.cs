using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// Grain state in the embedded store. A write that returned survives a killed process and a power cut. A record is
/// replaced or cleared only by whoever saw its latest version; all others get an <see cref="InconsistentStateException"/>.
/// A grain may keep any number of records, by state name; each stands for itself.
/// </summary>
internal sealed partial class SqliteGrainStorage(
    SqliteStore store,
    IGrainStorageSerializer serializer,
    IActivatorProvider activators,
    TimeProvider time,
    string serviceId,
    ILogger<SqliteGrainStorage> logger)
    : IGrainStorage
{
    private const string SelectState = "SELECT version, state FROM grain_state WHERE service = $service AND grain = $grain AND name = $name";
    private const string SelectVersion = "SELECT version FROM grain_state WHERE service = $service AND grain = $grain AND name = $name";
    private const string Insert =
        """
        INSERT INTO grain_state (service, grain, name, version, written_at, state)
        VALUES ($service, $grain, $name, $version, $now, $state)
        ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE grain_state SET version = $version, written_at = $now, state = $state
        WHERE service = $service AND grain = $grain AND name = $name AND version = $expected
        """;

    private const string Delete =
        "DELETE FROM grain_state WHERE service = $service AND grain = $grain AND name = $name AND version = $expected";

    private readonly ILogger<SqliteGrainStorage> _logger = logger;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var grain = grainId.ToString();
        var (version, state) = await store.ReadAsync(session => Read<T>(session, grain, stateName), cancellationToken);
        grainState.State = state ?? NewState<T>();
        grainState.RecordExists = version is not null;
        grainState.ETag = ToETag(version);
    }

    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        // Made here, on the caller's turn: the state may change while the write waits.
        var payload = ToArray(serializer.Serialize(grainState.State));
        var etag = grainState.ETag;
        var grain = grainId.ToString();
        var (written, stored) = await store.WriteAsync(
            transaction => Write(transaction, grain, stateName, etag, payload), payload.Length, cancellationToken);
        if (!written)
            throw Conflict("write", stateName, grainId, stored, etag);

        grainState.RecordExists = true;
        grainState.ETag = ToETag(stored);
    }

    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var etag = grainState.ETag;
        var grain = grainId.ToString();
        var (cleared, stored) = await store.WriteAsync(
            transaction => Clear(transaction.Session, grain, stateName, etag), size: 0, cancellationToken);
        if (!cleared)
            throw Conflict("clear", stateName, grainId, stored, etag);

        grainState.State = NewState<T>();
        grainState.RecordExists = false;
        grainState.ETag = null;
    }

    private (long? Version, T? State) Read<T>(SqliteSession session, string grain, string name)
    {
        var rows = session.Query(SelectState, VersionAndState, ("$service", serviceId), ("$grain", grain), ("$name", name));
        if (rows is not [var (version, stored)])
            return default;

        try
        {
            return (version, serializer.Deserialize<T>(new BinaryData(stored)));
        }
        catch (SecretUnreadableException error)
        {
            LogUnreadable(error, name, grain);
            throw;
        }
    }

    private (bool Written, long? Stored) Write(
        SqliteWriteTransaction transaction, string grain, string name, string? etag, byte[] payload)
    {
        var session = transaction.Session;
        var version = transaction.NextVersion();
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var changed = string.IsNullOrEmpty(etag)
            ? session.Execute(
                Insert,
                ("$service", serviceId), ("$grain", grain), ("$name", name), ("$version", version), ("$now", now), ("$state", payload))
            : session.Execute(
                Update,
                ("$service", serviceId), ("$grain", grain), ("$name", name), ("$version", version), ("$now", now), ("$state", payload),
                ("$expected", ToVersion(etag)));
        return changed == 1 ? (true, version) : (false, StoredVersion(session, grain, name));
    }

    private (bool Cleared, long? Stored) Clear(SqliteSession session, string grain, string name, string? etag)
    {
        if (!string.IsNullOrEmpty(etag) && session.Execute(
            Delete, ("$service", serviceId), ("$grain", grain), ("$name", name), ("$expected", ToVersion(etag))) == 1)
            return (true, null);

        // Clearing nothing is fine for a caller who never saw a record, and a conflict for one who did.
        var stored = StoredVersion(session, grain, name);
        return (stored is null && string.IsNullOrEmpty(etag), stored);
    }

    private long? StoredVersion(SqliteSession session, string grain, string name) =>
        session.QueryInteger(SelectVersion, ("$service", serviceId), ("$grain", grain), ("$name", name));

    private T NewState<T>() => activators.GetActivator<T>().Create();

    private static (long Version, byte[] State) VersionAndState(SqliteDataReader row) =>
        (row.GetInt64(0), row.GetFieldValue<byte[]>(1));

    // Without a copy if it is an array as it is.
    private static byte[] ToArray(BinaryData data) =>
        MemoryMarshal.TryGetArray(data.ToMemory(), out var array) && array.Array is { } whole && whole.Length == array.Count ? whole : data.ToArray();

    private static string? ToETag(long? version) => version?.ToString(CultureInfo.InvariantCulture);

    // An ETag of another kind, as of another store, matches no version.
    private static long ToVersion(string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private static InconsistentStateException Conflict(string action, string stateName, GrainId grainId, long? stored, string? etag) =>
        new($"Refused to {action} '{stateName}' of {grainId}: it is at another version.", ToETag(stored) ?? "none", etag ?? "none");

    [LoggerMessage(2201, LogLevel.Error, "The record {Name} of {Grain} cannot be opened")]
    private partial void LogUnreadable(Exception error, string name, string grain);
}
