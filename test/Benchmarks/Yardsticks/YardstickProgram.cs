namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>A yardstick as a process of its own, as the product is one. It ends when its standard input does.</summary>
internal static class YardstickProgram
{
    public const string Command = "yardstick";
    public const string Bare = "bare";
    public const string WriteEachSqlite = "write-each-sqlite";
    public const string WriteEachPostgres = "write-each-postgres";

    /// <param name="args">Which one, the address to listen on, the secret of signatures and a connection string.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var kind, var url, var secret, var connectionString])
            return 2;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        if (kind != Bare)
            await WriteEachEndpoint.AddAsync(builder, kind == WriteEachPostgres, connectionString);
        var app = builder.Build();
        if (kind == Bare)
            BareEndpoint.Map(app, secret);
        else
            WriteEachEndpoint.Map(app, secret);
        await app.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
