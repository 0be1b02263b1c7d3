using RechargeGrains.Api.Deliveries;
using RechargeGrains.Api.Pages.Deliveries;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Tests.Pages.Deliveries;

/// <summary>Answers that arrive late, in another order or never.</summary>
public sealed class DeliveryPagesTests
{
    private static readonly DeliveryFilter Sent = new() { Status = DeliveryStatus.Sent };

    private readonly List<Asked> _asked = [];
    private readonly DeliveryPages _pages;

    public DeliveryPagesTests() => _pages = new DeliveryPages((filter, cursor) =>
    {
        _asked.Add(new Asked(filter, cursor, new()));
        return _asked[^1].Answer.Task;
    });

    [Fact]
    public async Task A_refresh_under_way_does_not_overwrite_the_page_that_was_asked_for_later()
    {
        await AnswerAsync(_pages.ShowAsync(new()), "newest", next: 5);
        var refresh = _pages.RefreshAsync();
        var late = _asked[^1];
        await AnswerAsync(_pages.OlderAsync(), "older");
        late.Answer.SetResult(([Entry("newest again")], DeliveryCursor.Waiting(6)));
        await refresh;

        Assert.Equal(("older", 2, true, false), (Shown, _pages.Number, _pages.HasNewer, _pages.HasOlder));
    }

    [Fact]
    public async Task A_double_click_turns_one_page()
    {
        await AnswerAsync(_pages.ShowAsync(new()), "newest", next: 5);
        var older = _pages.OlderAsync();
        await _pages.OlderAsync();
        await AnswerAsync(older, "older", next: 4);
        var newer = _pages.NewerAsync();
        await _pages.NewerAsync();
        await AnswerAsync(newer, "newest", next: 5);
        Assert.Equal(("newest", 1, 3), (Shown, _pages.Number, _asked.Count));

        await _pages.NewerAsync();
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task A_new_filter_goes_before_a_page_on_its_way()
    {
        await AnswerAsync(_pages.ShowAsync(new()), "newest", next: 5);
        var older = _pages.OlderAsync();
        var late = _asked[^1];
        await AnswerAsync(_pages.ShowAsync(Sent), "sent");
        late.Answer.SetResult(([Entry("older")], null));
        await older;

        Assert.Equal(("sent", 1, Sent), (Shown, _pages.Number, _pages.Filter));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_leaves_what_is_shown_and_can_be_asked_for_again()
    {
        await AnswerAsync(_pages.ShowAsync(new()), "newest", next: 5);
        var older = _pages.OlderAsync();
        _asked[^1].Answer.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => older);
        Assert.Equal(("newest", 1), (Shown, _pages.Number));

        await AnswerAsync(_pages.OlderAsync(), "older");
        Assert.Equal(("older", DeliveryCursor.Waiting(5)), (Shown, _asked[^1].Cursor));
    }

    private string Shown => Assert.Single(_pages.Entries!).EventId;

    private static DeliveryEntry Entry(string id) => new()
    {
        EventId = id,
        Type = "subscription_created",
        Email = "jo@example.test",
        Status = DeliveryStatus.Sent,
        OccurredAt = DateTimeOffset.UnixEpoch,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    private async Task AnswerAsync(Task asking, string id, long? next = null)
    {
        _asked[^1].Answer.SetResult(([Entry(id)], next is { } before ? DeliveryCursor.Waiting(before) : null));
        await asking;
    }

    private sealed record Asked(DeliveryFilter Filter, DeliveryCursor? Cursor, TaskCompletionSource<(IReadOnlyList<DeliveryEntry> Entries, DeliveryCursor? Next)> Answer);
}
