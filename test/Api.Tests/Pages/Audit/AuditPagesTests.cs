using RechargeGrains.Api.Pages.Audit;
using RechargeGrains.Audit;

namespace RechargeGrains.Api.Tests.Pages.Audit;

/// <summary>What was shown stays while new lines come and older ones are asked for.</summary>
public sealed class AuditPagesTests
{
    private readonly FakeLog _log = new();

    [Fact]
    public async Task New_lines_come_on_top_and_older_ones_below_each_once()
    {
        await _log.WriteAsync(120);
        var pages = new AuditPages(_log);
        await pages.LoadAsync();
        Assert.Equal((50, true), (pages.Entries.Count, pages.HasOlder));

        await pages.LoadOlderAsync();
        await _log.WriteAsync(3);
        await pages.LoadAsync();
        Assert.Equal(Enumerable.Range(21, 103).Reverse().Select(number => $"{number}"), pages.Entries.Select(entry => entry.Target));

        await pages.LoadOlderAsync();
        await pages.LoadOlderAsync();
        Assert.Equal((123, false), (pages.Entries.Count, pages.HasOlder));
    }

    [Fact]
    public async Task More_new_lines_than_a_page_holds_begin_anew_without_a_gap()
    {
        await _log.WriteAsync(60);
        var pages = new AuditPages(_log);
        await pages.LoadAsync();
        await _log.WriteAsync(70);
        await pages.LoadAsync();
        await pages.LoadOlderAsync();

        Assert.Equal(Enumerable.Range(31, 100).Reverse().Select(number => $"{number}"), pages.Entries.Select(entry => entry.Target));
    }

    [Fact]
    public async Task Asking_twice_at_once_for_older_ones_adds_one_page()
    {
        await _log.WriteAsync(120);
        var pages = new AuditPages(_log);
        await pages.LoadAsync();
        _log.Held = new TaskCompletionSource();
        var older = pages.LoadOlderAsync();
        var again = pages.LoadOlderAsync();
        _log.Held.SetResult();
        await Task.WhenAll(older, again);

        Assert.Equal(Enumerable.Range(21, 100).Reverse().Select(number => $"{number}"), pages.Entries.Select(entry => entry.Target));
    }

    [Theory]
    [InlineData("connection.pause", "Paused a connection")]
    [InlineData("person.role_changed", "Gave another role to")]
    [InlineData("something.new", "something.new")]
    public void What_was_done_is_said_in_words_if_there_are_any(string action, string words) => Assert.Equal(words, AuditWords.Of(action));

    private sealed class FakeLog : IAuditGrain
    {
        private readonly List<AuditEntry> _entries = [];

        /// <summary>Answers wait for it.</summary>
        public TaskCompletionSource? Held { get; set; }

        public async Task WriteAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await AddAsync(new AuditEntry { At = DateTimeOffset.UnixEpoch, Who = "Ada", Action = "signed_in", Target = $"{_entries.Count + 1}" });
        }

        public Task AddAsync(AuditEntry entry)
        {
            _entries.Add(entry);
            return Task.CompletedTask;
        }

        public async Task<AuditPage> ReadAsync(long? before, int limit)
        {
            if (Held is { } held)
                await held.Task;
            var end = (int)(before ?? _entries.Count);
            var start = Math.Max(0, end - limit);
            return new AuditPage([.. _entries.Take(end).Skip(start).Reverse()], start > 0 ? start : null);
        }
    }
}
