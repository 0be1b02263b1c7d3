using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace RechargeGrains.PrivatePostgres;

/// <summary>
/// A PostgreSQL server of one's own on a free port of the loopback interface, with its data in a temporary folder. It can be killed, frozen
/// and started again on what it left behind. What it acknowledged survives its own end; a power cut is not what tests are for, so that
/// it may leave the flushing to the system unless it is asked not to.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "owner";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly string _folder;
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly int _port;
    private readonly bool _isDurable;
    private Process? _process;

    private PostgresServer(string folder, int port, bool isDurable)
    {
        _folder = folder;
        _port = port;
        _isDurable = isDurable;
    }

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? Missing => PostgresBinaries.Folder is null
        ? "PostgreSQL is not installed here: 'postgres' and 'initdb' are neither in the path nor below /usr/lib/postgresql (Debian's package is 'postgresql')."
        : null;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes the server and waits until it answers.</summary>
    public static Task<PostgresServer> StartAsync(CancellationToken ct = default) => StartAsync(isDurable: false, ct);

    /// <summary>Makes the server and waits until it answers.</summary>
    /// <param name="isDurable">Whether what it acknowledges is on disk, as hosting companies have it.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable, CancellationToken ct = default)
    {
        if (Missing is { } missing)
            throw new InvalidOperationException(missing);
        var server = new PostgresServer(Directory.CreateTempSubdirectory("recharge-grains-postgres-").FullName, FreePort(), isDurable);
        try
        {
            await server.InitializeAsync(ct);
            await server.StartAgainAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of a database.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Database = database,
        Username = User,
        Password = _password,
    }.ConnectionString;

    /// <summary>Makes an empty database and answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct = default)
    {
        var name = $"db_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(ct);
        return ConnectionString(name);
    }

    /// <summary>Everything a database holds, as <c>pg_dump</c> writes it for a backup: as SQL.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<string> DumpAsync(string connectionString, CancellationToken ct = default)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        var file = Path.Combine(_folder, $"{database}.sql");
        var address = string.Create(CultureInfo.InvariantCulture, $"postgresql://{User}:{_password}@127.0.0.1:{_port}/{database}");
        await RunAsync(Start("pg_dump", "--file", file, address), ct);
        return await File.ReadAllTextAsync(file, ct);
    }

    /// <summary>Ends the server without warning (SIGKILL). Its helpers notice and end as well.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Stops all its processes where they stand: connections stay open, and nobody answers.</summary>
    public Task FreezeAsync() => SignalAllAsync("-STOP");

    /// <summary>Lets a frozen server go on.</summary>
    public Task ThawAsync() => SignalAllAsync("-CONT");

    /// <summary>Starts it on its data and waits until it answers.</summary>
    public async Task StartAgainAsync(CancellationToken ct = default)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            _process ??= Start(
                "postgres",
                "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", _isDurable ? "fsync=on" : "fsync=off", "-c", "max_connections=300", "-c", "logging_collector=off", "-c", "log_min_messages=fatal");
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
                await connection.OpenAsync(ct);
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(begun) < StartLimit)
            {
                // Helpers of one that was killed may still hold its memory, and then it ends at once.
                if (_process.HasExited)
                {
                    _process.Dispose();
                    _process = null;
                }

                await Task.Delay(Pace, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        NpgsqlConnection.ClearAllPools();
        await DeleteAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task InitializeAsync(CancellationToken ct)
    {
        var secret = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(secret, _password, ct);
        if (IsRoot)
            await RunAsync(Process.Start("chown", ["-R", "postgres", _folder]), ct);
        await RunAsync(
            Start("initdb", "-D", Data, "-U", User, "--auth=scram-sha-256", "--pwfile", secret, "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"), ct);
    }

    /// <summary>A server refuses to run as root, so root lends it the user that the package made.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    private static Process Start(string program, params string[] arguments)
    {
        string[] command = [PostgresBinaries.PathOf(program), .. arguments];
        if (IsRoot)
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command];
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var process = Process.Start(info) ?? throw new InvalidOperationException($"{program} could not be started.");
        // Read and dropped, or a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task RunAsync(Process process, CancellationToken ct)
    {
        using (process)
        {
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}.");
        }
    }

    private async Task SignalAllAsync(string signal)
    {
        if (_process is not { } process)
            return;
        var parent = process.Id.ToString(CultureInfo.InvariantCulture);
        // The parent first when it stops, so that it makes no more of them.
        await RunAsync(Process.Start("kill", [signal, parent]), CancellationToken.None);
        using var children = Process.Start("pkill", [signal, "-P", parent]);
        await children.WaitForExitAsync();
    }

    private async Task DeleteAsync()
    {
        // Its helpers may still be writing their last.
        for (var tries = 0; Directory.Exists(_folder); tries++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && tries < 100)
            {
                await Task.Delay(Pace);
            }
        }
    }
}
