namespace RechargeGrains.Sandbox;

/// <summary>How much one retailer floods while another one goes on as usual.</summary>
internal sealed record FloodOptions
{
    /// <summary>Webhooks of the flood.</summary>
    public int Webhooks { get; init; } = 50_000;

    /// <summary>In how many seconds they come.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>Webhooks a second of the quiet retailer.</summary>
    public int Quiet { get; init; } = 40;

    /// <summary>Answers what is wrong with the arguments, or the options.</summary>
    public static (FloodOptions? Options, string? Problem) Read(string[] args)
    {
        var options = new FloodOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return (null, $"'{args[i]}' needs a whole number above 0.");
            switch (args[i])
            {
                case "--webhooks":
                    options = options with { Webhooks = number };
                    break;
                case "--seconds":
                    options = options with { Seconds = number };
                    break;
                case "--quiet":
                    options = options with { Quiet = number };
                    break;
                default:
                    return (null, $"There is no option '{args[i]}'.");
            }
        }

        return (options, null);
    }
}
