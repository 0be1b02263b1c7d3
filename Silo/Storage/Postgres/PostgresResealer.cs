using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <inheritdoc cref="IResealable"/>
internal sealed class PostgresResealer(NpgsqlDataSource source, IOptions<ClusterOptions> cluster) : IResealable
{
    private const int Page = 200;

    // Behind the form's byte comes what names the key.
    private const string Select =
        """
        SELECT grain, name, version, state FROM grain_state
        WHERE service_id = $1 AND (grain, name) > ($2, $3) AND substring(state FROM 2 FOR $4) <> $5
        ORDER BY grain, name LIMIT $6
        """;

    private const string Update = "UPDATE grain_state SET state = $1 WHERE service_id = $2 AND grain = $3 AND name = $4 AND version = $5";

    public async Task<(int Sealed, int Unreadable)> SealAnewAsync(EncryptedStateSerializer serializer, CancellationToken cancellationToken)
    {
        var (done, unreadable) = (0, 0);
        var (grain, name) = ("", "");
        while (true)
        {
            var rows = await ReadAsync(serializer.CurrentHeader.ToArray(), grain, name, cancellationToken);
            foreach (var row in rows)
            {
                try
                {
                    done += await WriteAsync(row, serializer.SealAnew(row.State), cancellationToken);
                }
                catch (SecretUnreadableException)
                {
                    unreadable++;
                }
            }

            if (rows.Count < Page)
                return (done, unreadable);
            (grain, name) = (rows[^1].Grain, rows[^1].Name);
        }
    }

    private async Task<List<Row>> ReadAsync(byte[] header, string grain, string name, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Select);
        // Where hardly anything is left to do, this looks at every record.
        command.CommandTimeout = 0;
        foreach (var value in new object[] { cluster.Value.ServiceId, grain, name, header.Length, header, Page })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new Row(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3)));
        return rows;
    }

    private async Task<int> WriteAsync(Row row, byte[] state, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Update);
        foreach (var value in new object[] { state, cluster.Value.ServiceId, row.Grain, row.Name, row.Version })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Row(string Grain, string Name, int Version, byte[] State);
}
