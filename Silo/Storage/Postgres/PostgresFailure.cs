using System.Net.Sockets;
using Npgsql;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>Says in a few words what is wrong with the database, without a password, a host's name being no secret.</summary>
internal static class PostgresFailure
{
    public static string Reason(NpgsqlException failure) => failure switch
    {
        PostgresException server => $"{server.MessageText.TrimEnd('.')} ({server.SqlState})",
        { InnerException: SocketException or TimeoutException } => $"{failure.Message.TrimEnd('.')}: {failure.InnerException.Message.TrimEnd('.')}",
        _ => failure.Message.TrimEnd('.'),
    };
}
