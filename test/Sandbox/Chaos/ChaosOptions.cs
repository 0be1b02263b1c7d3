namespace RechargeGrains.Sandbox;

/// <summary>How much is to happen in a chaotic run. The same seed plans the same run; what meets when is up to the machine.</summary>
public sealed record ChaosOptions
{
    /// <summary>From so many events on there is time for answers that never come, which take the product half a minute each.</summary>
    private const int LongRun = 10_000;

    /// <summary>Creations, cancellations and activations.</summary>
    public int Events { get; init; } = 20_000;

    /// <summary>How often the product is ended without warning.</summary>
    public int Kills { get; init; } = 10;

    public int Seed { get; init; } = 1;

    /// <summary>Customers of the first import; others join in the course of the run.</summary>
    public int Customers { get; init; } = 500;

    /// <summary>Webhooks under way at once.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Limit of Ometria, which is known to the product.</summary>
    public int PushesPerSecond { get; init; } = 100;

    /// <summary>Silos of a cluster on PostgreSQL; 0 for one program on the embedded store.</summary>
    public int Silos { get; init; }

    /// <summary>Apis of a cluster.</summary>
    public int Apis { get; init; } = 2;

    /// <summary>Whether database and log of the product stay when it is over.</summary>
    public bool Keep { get; init; }

    internal bool IsLong => Events >= LongRun;

    /// <summary>Reads arguments. Answers the options, or what is wrong with the arguments.</summary>
    public static (ChaosOptions? Options, string? Problem) Read(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var options = new ChaosOptions { Keep = args.Contains("--keep") };
        var rest = args.Where(arg => arg != "--keep").ToList();
        for (var i = 0; i < rest.Count; i += 2)
        {
            if (i + 1 == rest.Count)
                return (null, $"'{rest[i]}' needs a value.");
            if (!int.TryParse(rest[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return (null, $"'{rest[i]}' needs a whole number, not '{rest[i + 1]}'.");
            if (options.With(rest[i], number) is not { } read)
                return (null, $"There is no option '{rest[i]}', or {number} is out of its range.");
            options = read;
        }

        return (options, null);
    }

    private ChaosOptions? With(string name, int number) => name switch
    {
        "--events" when number > 0 => this with { Events = number },
        "--kills" => this with { Kills = number },
        "--seed" => this with { Seed = number },
        "--customers" when number > 0 => this with { Customers = number },
        "--connections" when number > 0 => this with { Connections = number },
        "--silos" when number <= 9 => this with { Silos = number },
        "--apis" when number is > 0 and <= 9 => this with { Apis = number },
        "--pushes-per-second" when number > 0 => this with { PushesPerSecond = number },
        _ => null,
    };
}
