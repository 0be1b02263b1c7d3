using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>The delivery log: filters, pages, details, sending again, and the file.</summary>
public sealed class DeliveriesPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task What_was_refused_is_found_looked_into_and_sent_again_after_saying_how_many()
    {
        var connection = await fixture.AddConnectionAsync();
        var ids = Enumerable.Range(0, 12).Select(_ => HookBody.NewId()).ToList();
        var poison = ids.Take(3).Select(id => $"-{id}-").ToList();
        fixture.Sandbox.Faults.Ometria.PoisonWhen = record => poison.Any(part => record.GetProperty("id").GetString()!.Contains(part, StringComparison.Ordinal));
        foreach (var id in ids)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));
        await connection.WaitForAsync(status => (int)status["counters"]!["events"]!["deadLettered"]! == 3 && (int)status["counters"]!["events"]!["sent"]! == 9);
        fixture.Sandbox.Faults.Ometria.Clear();
        await using var user = await fixture.SignInAsync(connection.Tenant);
        await user.GoAsync($"/t/{connection.Tenant.Id}/connections/{connection.Id}/deliveries");
        await Assertions.Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(12);
        await user.AssertAccessibleAsync();
        await user.PictureAsync("deliveries");

        await user.Field("Status").SelectOptionAsync("Refused");
        await user.Button("Show").ClickAsync();
        await Assertions.Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(3);
        await user.Button("Details of subscription_created").First.ClickAsync();
        await user.SeesAsync("Payload invalid.");
        await user.SeesAsync("\"subscription_id\"");
        await user.AssertAccessibleAsync();
        await user.PictureAsync("delivery");
        await user.Button("Close").Last.ClickAsync();

        await user.Button("Send all of these again").ClickAsync();
        await user.SeesAsync("3 events match");
        await user.Button("Send 3 again").ClickAsync();
        await user.SeesAsync("They are on their way.");
        await connection.WaitForAsync(status => (int)status["counters"]!["events"]!["sent"]! == 12);
        // Live: what is refused no more leaves the list by itself.
        await user.SeesAsync("Nothing matches.");
        await user.SeesAsync("The last time many were sent again: 3 events");
        Assert.Equal(12, connection.Ometria.Events.Count);
        Assert.Empty(connection.Ometria.Duplicates());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat_and_the_file_has_all_of_them()
    {
        var connection = await fixture.AddConnectionAsync();
        for (var i = 0; i < 120; i++)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow)));
        await connection.WaitForAsync(status => (int)status["counters"]!["events"]!["sent"]! == 120);
        await using var user = await fixture.SignInAsync(connection.Tenant, "member", width: 390);
        await user.GoAsync($"/t/{connection.Tenant.Id}/connections/{connection.Id}/deliveries");
        var seen = new List<string>();
        foreach (var (page, count) in new[] { ("Page 1", 50), ("Page 2", 50), ("Page 3, the last", 20) })
        {
            await Assertions.Expect(user.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Page" })).ToHaveTextAsync(page);
            await Assertions.Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(count);
            seen.AddRange(await user.Page.Locator("tbody tr button").EvaluateAllAsync<string[]>("buttons => buttons.map(button => button.getAttribute('aria-label'))"));
            if (count == 50)
                await user.Button("Older").ClickAsync();
        }

        Assert.Equal(120, seen.Count);
        await Assertions.Expect(user.Button("Older")).ToBeDisabledAsync();
        await Assertions.Expect(user.Button("Send all of these again")).ToHaveCountAsync(0);
        await user.Button("Newer").ClickAsync();
        await user.Button("Newer").ClickAsync();
        await user.AssertFitsAsync();
        await user.PictureAsync("deliveries-phone");

        var download = await user.Page.RunAndWaitForDownloadAsync(() => user.Link("Export as CSV").ClickAsync());
        var lines = (await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(121, lines.Length);
        Assert.Equal(121, lines.Distinct().Count());
        Assert.StartsWith("\"received_at\",\"event\"", lines[0], StringComparison.Ordinal);
        Assert.Equal($"deliveries-{connection.Tenant.Id}", download.SuggestedFilename[..$"deliveries-{connection.Tenant.Id}".Length]);
    }

    [Fact]
    public async Task All_that_waits_is_reached_page_by_page_and_is_in_the_file()
    {
        var connection = await fixture.AddConnectionAsync();
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        await connection.ActAsync("pause");
        for (var i = 0; i < 60; i++)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow)));
        await connection.WaitForAsync(status => (int)status["counters"]!["events"]!["waiting"]! == 60);
        await using var user = await fixture.SignInAsync(connection.Tenant, "member");
        await user.GoAsync($"/t/{connection.Tenant.Id}/connections/{connection.Id}/deliveries?status=waiting");
        await Assertions.Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await user.Button("Older").ClickAsync();
        await Assertions.Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(10);
        await user.SeesAsync("Page 2, the last");

        // What is typed into the filter narrows nothing before it was asked for, the file neither.
        await user.Field("Status").SelectOptionAsync("Rejected");
        await Assertions.Expect(user.Link("Export as CSV")).ToHaveAttributeAsync("href", new Regex("csv\\?status=waiting$"));
        // The end of time is no day to begin at.
        var file = await user.Page.Context.APIRequest.GetAsync($"/t/{connection.Tenant.Id}/connections/{connection.Id}/deliveries.csv?to=9999-12-31T00:00:00Z");
        Assert.Equal((200, "no-store"), (file.Status, file.Headers["cache-control"]));
        var lines = (await file.TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(61, lines.Length);
        Assert.Contains("\"replays\",\"test\",\"request_id\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(404, (await user.Page.Context.APIRequest.GetAsync($"/t/{connection.Tenant.Id}/connections/con_none/deliveries.csv")).Status);
    }
}
