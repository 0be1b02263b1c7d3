using Microsoft.Extensions.Options;
using Orleans.Configuration;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <inheritdoc cref="IResealable"/>
internal sealed class SqliteResealer(SqliteStore store, IOptions<ClusterOptions> cluster) : IResealable
{
    private const int Page = 200;

    // Behind the form's byte comes what names the key.
    private const string Select =
        """
        SELECT id, version, state FROM grain_state
        WHERE service = $service AND id > $after AND substr(state, 2, $length) <> $header
        ORDER BY id LIMIT $page
        """;

    private const string Update = "UPDATE grain_state SET state = $state WHERE id = $id AND version = $version";

    public async Task<(int Sealed, int Unreadable)> SealAnewAsync(EncryptedStateSerializer serializer, CancellationToken cancellationToken)
    {
        var (done, unreadable, after) = (0, 0, 0L);
        var header = serializer.CurrentHeader.ToArray();
        while (true)
        {
            var from = after;
            var rows = await store.ReadAsync(
                session => session.Query(
                    Select,
                    row => (Id: row.GetInt64(0), Version: row.GetInt64(1), State: row.GetFieldValue<byte[]>(2)),
                    ("$service", cluster.Value.ServiceId), ("$after", from), ("$length", header.Length), ("$header", header), ("$page", Page)),
                cancellationToken);
            foreach (var (id, version, state) in rows)
            {
                try
                {
                    var anew = serializer.SealAnew(state);
                    done += await store.WriteAsync(
                        transaction => transaction.Session.Execute(Update, ("$state", anew), ("$id", id), ("$version", version)), anew.Length, cancellationToken);
                }
                catch (SecretUnreadableException)
                {
                    unreadable++;
                }
            }

            if (rows.Count < Page)
                return (done, unreadable);
            after = rows[^1].Id;
        }
    }
}
