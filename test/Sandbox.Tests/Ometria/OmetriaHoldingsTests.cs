using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

public sealed class OmetriaHoldingsTests : SandboxTest
{
    [Fact]
    public async Task A_merge_keeps_what_the_new_record_does_not_name_and_swaps_properties()
    {
        var host = await StartAsync();
        var first = Contact("1", active: 1, total: 2);
        first["firstname"] = "Jo";
        first["properties"]!["other"] = 5;

        using var one = await PushAsync(host, new JsonArray(first));
        using var two = await PushAsync(host, new JsonArray(Contact("1", active: 0, total: 0)));

        var held = Assert.Single(host.Ometria.Contacts);
        Assert.Equal((0, 0, 2), (held.ActiveSubscriptions, held.TotalSubscriptions, held.Pushes));
        Assert.Equal("Jo", held.Record.GetProperty("firstname").GetString());
        Assert.False(held.Record.GetProperty("properties").TryGetProperty("other", out _));
        Assert.Equal(2, held.History.Length);
    }

    [Fact]
    public async Task Collections_keep_the_same_id_apart_and_a_new_email_moves_the_contact()
    {
        var host = await StartAsync();
        var other = Contact("1");
        other["@collection"] = "shop";

        using var one = await PushAsync(host, new JsonArray(Contact("1"), other));
        using var two = await PushAsync(host, new JsonArray(Contact("1", "new@example.test")));

        Assert.Equal("new@example.test", host.Ometria.FindContact("1")!.Email);
        Assert.Equal("shop", Assert.Single(host.Ometria.ContactsOf("JO@example.test")).Collection);
    }

    [Fact]
    public async Task Events_keep_their_order_and_duplicates_show()
    {
        var host = await StartAsync();

        using var one = await PushAsync(host, new JsonArray(Contact("1")));
        using var two = await PushAsync(host, new JsonArray(Event("a"), Event("b", "subscription_cancelled", "stranger@example.test")));
        using var three = await PushAsync(host, new JsonArray(Event("a")));

        Assert.Equal(["a", "b", "a"], host.Ometria.Events.Select(accepted => accepted.Id));
        Assert.Equal([true, false, true], host.Ometria.Events.Select(accepted => accepted.ContactKnown));
        Assert.Equal((2, 1, 0), (host.Ometria.TimesAccepted("a"), host.Ometria.TimesAccepted("b"), host.Ometria.TimesAccepted("c")));
        Assert.Equal(["a"], host.Ometria.Duplicates().Keys);
    }

    [Theory]
    [InlineData(true, "7001")]
    [InlineData(false, null)]
    public async Task What_an_event_is_about_is_kept_and_its_record_only_if_wanted(bool keeps, string? product)
    {
        var host = await StartAsync(options => options.OmetriaKeepsRecords = keeps);
        var told = Event("a");
        told["properties"]!["subscription_id"] = "900";
        told["properties"]!["occurred_at"] = "2026-03-09T13:00:00+00:00";

        using var pushed = await PushAsync(host, new JsonArray(told, Event("b")));

        var held = host.Ometria.Events[0];
        Assert.Equal((900, Start.AddHours(-1)), (held.SubscriptionId, held.OccurredAt));
        Assert.Equal(product, held.Properties.TryGetProperty("product_id", out var products) ? products[0].GetString() : null);
        Assert.Null(host.Ometria.Events[1].SubscriptionId);
    }

    [Fact]
    public async Task Events_that_a_fault_kept_out_are_known_with_what_they_are_about()
    {
        var host = await StartAsync();
        host.Faults.Ometria.RejectWhen = record => record.GetProperty("id").GetString() == "a";
        host.Faults.Ometria.InvalidWhen = record => record.GetProperty("id").GetString() == "b";
        host.Faults.Ometria.PoisonWhen = record => record.GetProperty("id").GetString() == "c";

        using var taken = await PushAsync(host, new JsonArray(Event("a"), Event("b"), Event("d")));
        using var refused = await PushAsync(host, new JsonArray(Event("c"), Event("e")));

        Assert.Equal(["a", "b", "c"], host.Ometria.Refused.Select(refusal => refusal.Id).Order());
        Assert.Equal("subscription_created", host.Ometria.Refused[0].EventType);
        Assert.Equal(4, host.Ometria.DistinctEvents);
    }

    [Fact]
    public async Task Waiting_ends_with_the_arrival_and_a_vain_wait_says_what_is_there()
    {
        var host = await StartAsync();
        var waiting = host.Ometria.WaitForEventsAsync(events => events.Count == 1, Patience, Ct);
        var contact = host.Ometria.WaitForContactAsync("1", held => held.ActiveSubscriptions == 1, Patience, ct: Ct);
        Assert.False(waiting.IsCompleted);

        using var one = await PushAsync(host, new JsonArray(Event("a")));
        using var two = await PushAsync(host, new JsonArray(Contact("1")));

        Assert.Equal("a", (await waiting)[0].Id);
        Assert.Equal("1", (await contact).Id);
        var vain = await Assert.ThrowsAsync<TimeoutException>(() =>
            host.Ometria.WaitForEventsAsync(events => events.Count == 2, TimeSpan.FromMilliseconds(20), Ct));
        Assert.Contains("1 subscription_created", vain.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_and_profiles_can_be_read_back()
    {
        var host = await StartAsync(options => options.OmetriaReadsPerSecond = 100);
        using var pushed = await PushAsync(host, new JsonArray(Contact("1"), Contact("2", "ada@example.test")));

        Assert.Equal(1, (await ReadAsync("/profiles?limit=1")).GetArrayLength());
        Assert.Equal(1, (await ReadAsync("/profiles?email=ada%40example.test"))[0].GetProperty("properties").GetProperty("active_subscriptions").GetInt32());
        Assert.Equal(0, (await ReadAsync("/profiles?email=no%40example.test")).GetArrayLength());
        Assert.Equal("""[{"collection":"recharge","count":2}]""", (await ReadAsync("/contacts")).GetRawText());
        Assert.Equal(2, (await ReadAsync("/contacts/recharge")).GetArrayLength());
        Assert.Equal("2", (await ReadAsync("/contacts/recharge/2")).GetProperty("id").GetString());
        using var missing = await GetOmetriaAsync(host, "/contacts/recharge/3");
        using var tooMany = await GetOmetriaAsync(host, "/profiles?limit=251");
        Assert.Equal((404, 400), ((int)missing.StatusCode, (int)tooMany.StatusCode));

        async Task<JsonElement> ReadAsync(string path)
        {
            using var response = await GetOmetriaAsync(host, path);
            Assert.Equal(200, (int)response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        }
    }

    [Fact]
    public async Task A_key_may_be_allowed_to_push_and_not_to_read_and_reads_have_a_limit()
    {
        var host = await StartAsync(options => (options.OmetriaKeyMayRead, options.OmetriaReadsPerSecond) = (false, 1));
        host.OmetriaAccounts.AddKey("reader", host.Ometria);

        using var refused = await GetOmetriaAsync(host, "/profiles?limit=1");
        using var unknown = await GetOmetriaAsync(host, "/profiles?limit=1", "wrong");
        using var first = await GetOmetriaAsync(host, "/profiles?limit=1", "reader");
        using var second = await GetOmetriaAsync(host, "/profiles?limit=1", "reader");

        Assert.Equal((403, 401, 200, 429), ((int)refused.StatusCode, (int)unknown.StatusCode, (int)first.StatusCode, (int)second.StatusCode));
    }

    [Fact]
    public async Task Late_events_and_those_beyond_a_thousand_start_no_automation()
    {
        var host = await StartAsync(options => options.OmetriaPushesPerSecond = 100);
        var late = Event("late", "subscription_cancelled");
        late["timestamp"] = "2026-03-09T09:59:59+00:00";

        using var pushed = await PushAsync(host, new JsonArray(late));
        for (var batch = 0; batch < 11; batch++)
        {
            using var response = await PushAsync(host, new JsonArray([.. Enumerable.Range(0, 100).Select(i => Event($"{batch}-{i}"))]));
        }

        Assert.Equal(1101, host.Ometria.Events.Count);
        Assert.Equal(101, host.Ometria.EventsWithoutAutomation.Count);
        Assert.Equal("late", host.Ometria.EventsWithoutAutomation[0].Id);
    }
}
