using RechargeGrains.Api.Pages.SetUp;
using RechargeGrains.Imports;

namespace RechargeGrains.Api.Tests.Pages.SetUp;

public sealed class PreviewWordsTests
{
    private static readonly ImportPreview Counting = new()
    {
        State = ImportPreviewState.Counting,
        StartedAt = DateTimeOffset.UnixEpoch,
        Customers = 1_250,
        Subscriptions = 1,
        Active = 1,
        EstimatedSeconds = 5_400,
    };

    private static readonly ImportPreview Done = Counting with { State = ImportPreviewState.Done };

    [Fact]
    public void What_is_still_being_counted_says_so()
    {
        Assert.Equal("1,250 customers so far, with 1 subscription, 1 of them active.", PreviewWords.Numbers(Counting));
        Assert.Equal("The counting has begun.", PreviewWords.Numbers(Counting with { Customers = 0 }));
        Assert.Equal("Importing them takes about 1 h 30 min or longer.", PreviewWords.Duration(Counting));
        Assert.Equal("Still counting. You can go on meanwhile.", PreviewWords.State(Counting));
        Assert.EndsWith("Recharge is away.", PreviewWords.State(Counting with { Failure = "Recharge is away." }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_counted_is_said_without_doubt()
    {
        Assert.Equal("1,250 customers, with 1 subscription, 1 of them active.", PreviewWords.Numbers(Done));
        Assert.Equal("Importing them takes about 1 h 30 min.", PreviewWords.Duration(Done));
        Assert.Equal("Importing them takes less than a minute.", PreviewWords.Duration(Done with { EstimatedSeconds = 3 }));
        Assert.Equal("", PreviewWords.State(Done));
    }

    [Fact]
    public void Nobody_to_be_read_is_said_in_so_many_words()
    {
        Assert.Contains("would read nobody", PreviewWords.Numbers(Done with { Customers = 0 }), StringComparison.Ordinal);
        Assert.Equal("", PreviewWords.Duration(Done with { Customers = 0 }));
    }

    [Fact]
    public void A_counting_that_failed_says_why() => Assert.Equal(
        "Recharge could not be counted: The key is refused.",
        PreviewWords.State(Done with { State = ImportPreviewState.Failed, Failure = "The key is refused." }));
}
