using CsCheck;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>Holds the rules for charges to their promises over months of charges that are rebuilt, moved and read again.</summary>
public sealed class ChargeHistoryTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);

    /// <summary>A charge as a reading shows it: days since the reading before, address, days from today to its date, and its id of the day.</summary>
    private static readonly Gen<(int Passed, int Address, int DaysAhead, int Id)[]> Readings =
        Gen.Select(Gen.Frequency((6, Gen.Const(0)), (3, Gen.Const(1)), (1, Gen.Int[2, 9])), Gen.Int[1, 3], Gen.Int[-4, 30], Gen.Int[1, 1_000]).Array[0, 300];

    [Fact]
    public void Each_address_and_date_is_announced_once_when_it_is_first_seen_in_the_window() =>
        Gen.Select(Readings, Gen.Int[1, 20]).Sample(
            (readings, window) =>
            {
                var context = Given.Context with { UpcomingChargeDays = window };
                IReadOnlyList<AnnouncedCharge> announced = [];
                List<string> told = [], expected = [];
                var today = Start;
                foreach (var (passed, address, daysAhead, id) in readings)
                {
                    today = today.AddDays(passed);
                    var charge = Given.Charge with { Id = id, AddressId = address, ScheduledAt = today.AddDays(daysAhead) };
                    var isInside = daysAhead >= 0 && daysAhead <= window;
                    if (isInside && !expected.Contains(IdOf(charge)))
                        expected.Add(IdOf(charge));

                    if (ChargeRules.Decide(announced, charge, today, context, Given.Start) is { } draft)
                    {
                        told.Add(draft.EventId);
                        announced = ChargeRules.With(announced, charge, today);
                        Assert.All(announced, known => Assert.InRange(known.Date, today.AddDays(-30), today.AddDays(window)));
                    }

                    Assert.Equal(expected, told);
                }
            },
            iter: 300);

    [Fact]
    public void Charges_of_one_day_are_announced_whatever_order_they_are_read_in() =>
        Gen.Select(Gen.Select(Gen.Int[1, 3], Gen.Int[-4, 12], Gen.Int[1, 1_000]).Array[0, 40], Gen.Int).Sample(
            (charges, seed) =>
            {
                var shuffled = charges.ToArray();
                new Random(seed).Shuffle(shuffled);
                Assert.Equal(Tell(charges).Order(), Tell(shuffled).Order());
            },
            iter: 300);

    private static List<string> Tell((int Address, int DaysAhead, int Id)[] charges)
    {
        IReadOnlyList<AnnouncedCharge> announced = [];
        var told = new List<string>();
        foreach (var (address, daysAhead, id) in charges)
        {
            var charge = Given.Charge with { Id = id, AddressId = address, ScheduledAt = Start.AddDays(daysAhead) };
            if (ChargeRules.Decide(announced, charge, Start, Given.Context, Given.Start) is not { } draft)
                continue;
            told.Add(draft.EventId);
            announced = ChargeRules.With(announced, charge, Start);
        }

        return told;
    }

    private static string IdOf(ChargeSnapshot charge) => $"rc-77-{charge.AddressId}-upcoming-{charge.ScheduledAt:yyyyMMdd}";
}
