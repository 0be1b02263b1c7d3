using System.Text.Json;
using CsCheck;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class ToldTimesTests
{
    private static readonly Gen<int[]> Seconds = Gen.Int[0, 40].Array[0, 60];

    [Fact]
    public void What_was_told_is_never_forgotten() => Seconds.Sample(seconds =>
    {
        var told = ToldTimes.None;
        for (var i = 0; i < seconds.Length; i++)
        {
            told = told.With(At(seconds[i]));
            Assert.All(seconds.Take(i + 1), second => Assert.True(told.Contains(At(second))));
        }
    });

    [Fact]
    public void It_never_holds_more_than_eight_times_one_by_one() =>
        Seconds.Sample(seconds => Assert.InRange(All(seconds).Recent.Length, 0, 8));

    [Fact]
    public void The_order_of_telling_makes_no_difference() => Gen.Select(Seconds, Gen.Int).Sample((seconds, seed) =>
    {
        var shuffled = (int[])seconds.Clone();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(All(seconds), All(shuffled));
    });

    [Fact]
    public void Up_to_eight_times_nothing_else_counts_as_told() => Gen.Int[0, 40].HashSet[0, 8].Sample(seconds =>
    {
        var told = All(seconds);
        for (var second = 0; second <= 40; second++)
            Assert.Equal(seconds.Contains(second), told.Contains(At(second)));
    });

    [Fact]
    public void A_time_newer_than_all_is_never_taken_for_told() =>
        Seconds.Sample(seconds => Assert.False(All(seconds).Contains(At(41))));

    [Fact]
    public void Telling_again_changes_nothing() => Gen.Select(Seconds, Gen.Int).Sample((seconds, seed) =>
    {
        var again = (int[])seconds.Clone();
        new Random(seed).Shuffle(again);
        Assert.Equal(All(seconds), again.Aggregate(All(seconds), (told, second) => told.With(At(second))));
    });

    [Fact]
    public void The_last_one_up_to_a_second_is_known_exactly_while_it_is_among_the_newest_nine() => Gen.Select(Seconds, Gen.Int[-1, 41]).Sample((seconds, second) =>
    {
        var told = seconds.Distinct().Order().ToList();
        var upTo = told.Where(time => time <= second).Cast<int?>().LastOrDefault();
        var isKept = told.TakeLast(9).Any(time => time == upTo);
        Assert.Equal(isKept ? At(upTo!.Value).ToUnixTimeSeconds() : null, All(seconds).LastUpTo(At(second).ToUnixTimeSeconds()));
    });

    [Fact]
    public void What_was_stored_is_read_back_the_same() => Seconds.Sample(seconds =>
        Assert.Equal(All(seconds), JsonSerializer.Deserialize<ToldTimes>(JsonSerializer.Serialize(All(seconds), JsonSerializerOptions.Web), JsonSerializerOptions.Web)));

    [Fact]
    public void Fractions_of_a_second_are_the_same_time() =>
        Assert.True(ToldTimes.None.With(Given.Start).Contains(Given.Start.AddMilliseconds(637)));

    private static ToldTimes All(IEnumerable<int> seconds) => seconds.Aggregate(ToldTimes.None, (told, second) => told.With(At(second)));

    private static DateTimeOffset At(int second) => Given.Start.AddSeconds(second);
}
