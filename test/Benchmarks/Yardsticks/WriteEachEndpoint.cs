using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>
/// Yardstick (b): as (a), and one <c>WriteStateAsync</c> for each webhook by Orleans' own ADO.NET provider before 200 is answered. No events,
/// no sealing, no memory of what was told: what whoever starts with Orleans writes on the first day.
/// </summary>
internal static class WriteEachEndpoint
{
    private const string Sqlite = "System.Data.SQLite";
    private const string Postgres = "Npgsql";

    /// <param name="builder">The program.</param>
    /// <param name="isPostgres">Which database it is.</param>
    /// <param name="connectionString">Of an empty one.</param>
    public static async Task AddAsync(WebApplicationBuilder builder, bool isPostgres, string connectionString)
    {
        await CreateTablesAsync(isPostgres, connectionString);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort.Next(), FreePort.Next())
            .AddAdoNetGrainStorageAsDefault(storage => (storage.Invariant, storage.ConnectionString) = (isPostgres ? Postgres : Sqlite, connectionString)));
    }

    public static void Map(WebApplication app, string secret) => app.MapPost("/hooks/recharge/{key}/{resource}/{action}", async (HttpRequest request, IGrainFactory grains) =>
    {
        if (await BareEndpoint.ReadAsync(request, secret) is not { } body)
            return Results.Unauthorized();
        using var document = JsonDocument.Parse(body);
        var (subscription, customer) = (document.RootElement.GetProperty("subscription"), document.RootElement.GetProperty("customer"));
        await grains.GetGrain<ICustomerRecordGrain>($"customer-{customer.GetProperty("id").GetInt64()}").KeepAsync(new SubscriptionRow(
            subscription.GetProperty("id").GetInt64(), Text(subscription, "status"), Text(subscription, "product_title"), Text(subscription, "price"),
            subscription.GetProperty("updated_at").GetDateTime(), Text(customer, "email")));
        return Results.Ok();
    });

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static async Task CreateTablesAsync(bool isPostgres, string connectionString)
    {
        using var reader = new StreamReader(typeof(WriteEachEndpoint).Assembly.GetManifestResourceStream("tables.sql")!);
        var tables = (await reader.ReadToEndAsync()).Replace("BYTES", isPostgres ? "bytea" : "blob", StringComparison.Ordinal);
        await using DbConnection connection = isPostgres ? new NpgsqlConnection(connectionString) : new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // The log in front of the database is what SQLite is fastest with, and as durable.
        command.CommandText = isPostgres ? tables : $"PRAGMA journal_mode = WAL; {tables}";
        await command.ExecuteNonQueryAsync();
    }
}
