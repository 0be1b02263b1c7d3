using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// Reminders in the embedded store, written by the same writer as grain state and as durable.
/// </summary>
internal sealed class SqliteReminderTable(SqliteStore store, IOptions<ClusterOptions> cluster) : IReminderTable
{
    private const string Select = "SELECT grain, name, start_at, period, version FROM reminder WHERE service = $service";
    private const string SelectRow = Select + " AND grain = $grain AND name = $name";
    private const string SelectOfGrain = Select + " AND grain = $grain";
    private const string SelectRange = Select + " AND ring_hash > $begin AND ring_hash <= $end";
    private const string SelectWrappedRange = Select + " AND (ring_hash > $begin OR ring_hash <= $end)";
    private const string Upsert =
        """
        INSERT INTO reminder (service, grain, name, ring_hash, start_at, period, version)
        VALUES ($service, $grain, $name, $hash, $start, $period, $version)
        ON CONFLICT (service, grain, name)
        DO UPDATE SET start_at = excluded.start_at, period = excluded.period, version = excluded.version
        """;

    private const string Delete =
        "DELETE FROM reminder WHERE service = $service AND grain = $grain AND name = $name AND version = $version";

    private const string DeleteAll = "DELETE FROM reminder WHERE service = $service";

    private readonly string _serviceId = cluster.Value.ServiceId;

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        ReadRow(grainId, reminderName, CancellationToken.None);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => ReadRows(grainId, CancellationToken.None);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => ReadRows(begin, end, CancellationToken.None);

    public Task<string?> UpsertRow(ReminderEntry entry) => UpsertRow(entry, CancellationToken.None);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        RemoveRow(grainId, reminderName, eTag, CancellationToken.None);

    public Task TestOnlyClearTable() => TestOnlyClearTable(CancellationToken.None);

    /// <summary>The reminder, or null if there is none.</summary>
    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            session => session.Query(
                SelectRow, ToEntry, ("$service", _serviceId), ("$grain", grainId.ToString()), ("$name", reminderName)),
            cancellationToken);
        return rows.SingleOrDefault();
    }

    public async Task<ReminderTableData> ReadRows(GrainId grainId, CancellationToken cancellationToken) => new(
        await store.ReadAsync(
            session => session.Query(SelectOfGrain, ToEntry, ("$service", _serviceId), ("$grain", grainId.ToString())),
            cancellationToken));

    /// <summary>
    /// The reminders of a range of the ring, without its begin and with its end. A range whose begin is not below its
    /// end wraps around; one that ends where it begins is the whole ring.
    /// </summary>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end, CancellationToken cancellationToken) => new(
        await store.ReadAsync(
            session => session.Query(
                begin < end ? SelectRange : SelectWrappedRange,
                ToEntry, ("$service", _serviceId), ("$begin", (long)begin), ("$end", (long)end)),
            cancellationToken));

    public async Task<string?> UpsertRow(ReminderEntry entry, CancellationToken cancellationToken)
    {
        var grain = entry.GrainId.ToString();
        var hash = (long)entry.GrainId.GetUniformHashCode();
        var (name, start, period) = (entry.ReminderName, entry.StartAt.ToUniversalTime().Ticks, entry.Period.Ticks);
        return await store.WriteAsync(
            transaction =>
            {
                var version = transaction.NextVersion();
                transaction.Session.Execute(
                    Upsert,
                    ("$service", _serviceId), ("$grain", grain), ("$name", name), ("$hash", hash),
                    ("$start", start), ("$period", period), ("$version", version));
                return version.ToString(CultureInfo.InvariantCulture);
            },
            size: 0,
            cancellationToken);
    }

    /// <summary>Removes a reminder if it is still at the version given. False if it is not, or is not there.</summary>
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag, CancellationToken cancellationToken)
    {
        if (!long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return Task.FromResult(false);

        return store.WriteAsync(
            transaction => transaction.Session.Execute(
                Delete,
                ("$service", _serviceId), ("$grain", grainId.ToString()), ("$name", reminderName), ("$version", version)) == 1,
            size: 0,
            cancellationToken);
    }

    public Task TestOnlyClearTable(CancellationToken cancellationToken) => store.WriteAsync(
        transaction => transaction.Session.Execute(DeleteAll, ("$service", _serviceId)), size: 0, cancellationToken);

    private static ReminderEntry ToEntry(SqliteDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(0)),
        ReminderName = row.GetString(1),
        StartAt = new DateTime(row.GetInt64(2), DateTimeKind.Utc),
        Period = TimeSpan.FromTicks(row.GetInt64(3)),
        ETag = row.GetInt64(4).ToString(CultureInfo.InvariantCulture),
    };
}
