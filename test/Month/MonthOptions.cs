namespace RechargeGrains.Month;

/// <summary>How long and how large a month is. The same seed plans the same month.</summary>
internal sealed record MonthOptions
{
    /// <summary>With fewer there is no day for each thing that goes wrong.</summary>
    public const int FewestDays = 5;

    public int Seed { get; init; } = 1;

    /// <summary>Customers of the first import; others join in the course of the month.</summary>
    public int Customers { get; init; } = 5_000;

    /// <summary>Days of the shop's life. The change of clocks is in their middle.</summary>
    public int Days { get; init; } = 30;

    /// <summary>How much happens, as a multiple of what a shop of this size sees.</summary>
    public int Liveliness { get; init; } = 1;

    /// <summary>The store's time zone; its clocks change in the middle of the days.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Whether database and log of the product stay when it is over.</summary>
    public bool Keep { get; init; }

    /// <summary>Reads arguments. Answers the options, or what is wrong with the arguments.</summary>
    public static (MonthOptions? Options, string? Problem) Read(IReadOnlyList<string> args)
    {
        var options = new MonthOptions { Keep = args.Contains("--keep") };
        var rest = args.Where(arg => arg is not "--keep").ToList();
        for (var i = 0; i < rest.Count; i += 2)
        {
            if (i + 1 == rest.Count)
                return (null, $"'{rest[i]}' needs a value.");
            if (rest[i] == "--zone")
            {
                if (!TimeZoneInfo.TryFindSystemTimeZoneById(rest[i + 1], out var zone) || !zone.SupportsDaylightSavingTime)
                    return (null, $"'{rest[i + 1]}' is no time zone in which clocks change.");
                options = options with { Zone = zone };
                continue;
            }

            if (!int.TryParse(rest[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return (null, $"'{rest[i]}' needs a whole number, not '{rest[i + 1]}'.");
            if (options.With(rest[i], number) is not { } read)
                return (null, $"There is no option '{rest[i]}', or {number} is out of its range.");
            options = read;
        }

        return (options, null);
    }

    private MonthOptions? With(string name, int number) => name switch
    {
        "--seed" => this with { Seed = number },
        "--customers" when number >= 100 => this with { Customers = number },
        "--days" when number >= FewestDays => this with { Days = number },
        "--liveliness" when number > 0 => this with { Liveliness = number },
        _ => null,
    };
}
