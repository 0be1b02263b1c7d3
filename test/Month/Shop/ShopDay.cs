namespace RechargeGrains.Month;

/// <summary>Plans the days of a shop: what is done, at which second, and what becomes of the webhooks that tell of it.</summary>
internal sealed class ShopDay(MonthOptions options, MonthPlan plan, SandboxHost sandbox, TimeDriver time)
{
    private const int Thousand = 1_000;
    private const int SecondsOfDay = 86_400;

    /// <summary>Messages that are collected and sent last first, when they are.</summary>
    private const int Reversed = 3;

    private static readonly TimeSpan ReversedFor = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(20);

    private readonly Random _random = new(options.Seed);
    private readonly HashSet<DateTimeOffset> _taken = [];
    private Shop? _shop;

    /// <summary>Puts a day on the agenda.</summary>
    /// <param name="midnight">Its beginning in UTC.</param>
    public void Plan(DateTimeOffset midnight)
    {
        var shop = _shop ??= new Shop(sandbox, _random);
        // Of a thousand customers in a day, about what a subscription shop of this size sees.
        Add(midnight, 10, shop.Join);
        Add(midnight, 6, shop.Subscribe);
        Add(midnight, 11, shop.Cancel);
        Add(midnight, 7, shop.Return);
        Add(midnight, 14, shop.Change);
        Add(midnight, 3, shop.ChangeAddress);
        Add(midnight, 2, shop.Expire);
        Add(midnight, 9, shop.MoveCharge);
        Add(midnight, 4, shop.Skip);
        Add(midnight, 2, shop.Delete);
        Add(midnight, 1, shop.DeleteCustomer);
        var night = NightOf(midnight);
        if (plan.Opens <= night && night < plan.Closes)
            time.At(night, sandbox.Store.RunNight);
    }

    private void Add(DateTimeOffset midnight, int ofThousand, Action act)
    {
        var often = Math.Max(1, ofThousand * options.Customers * options.Liveliness / Thousand);
        for (var i = 0; i < often; i++)
        {
            var at = midnight.AddSeconds(_random.Next(SecondsOfDay));
            // Times at Recharge are whole seconds, and each thing has one of its own.
            if (plan.IsOpen(at) && _taken.Add(at))
                time.At(at, () => Do(act));
        }
    }

    private void Do(Action act)
    {
        var faults = sandbox.Webhooks.Faults;
        var chance = _random.NextDouble();
        faults.Delay = chance < 0.05 ? LongestDelay * _random.NextDouble() : TimeSpan.Zero;
        if (chance is >= 0.05 and < 0.07 && faults.ReverseEvery == 0)
        {
            faults.ReverseEvery = Reversed;
            time.At(time.Now + ReversedFor, () =>
            {
                faults.ReverseEvery = 0;
                sandbox.Webhooks.FlushReversed();
            });
        }

        act();
    }

    /// <summary>03:00 by the clocks of the store, which on one day of the month is another hour in UTC than the day before.</summary>
    private DateTimeOffset NightOf(DateTimeOffset midnight)
    {
        var local = midnight.DateTime.AddHours(3);
        return new DateTimeOffset(local, options.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
