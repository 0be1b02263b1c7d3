using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

public sealed class PushTests : SandboxTest
{
    [Fact]
    public async Task A_push_is_answered_202_with_counts_and_a_request_id()
    {
        var host = await StartAsync();

        using var response = await PushAsync(host, new JsonArray(Contact("1"), Contact("2")));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal("OK", body.GetProperty("status").GetString());
        Assert.True(Guid.TryParse(body.GetProperty("request_id").GetString(), out _));
        Assert.Equal((2, 0), (body.GetProperty("accepted").GetInt32(), body.GetProperty("rejected").GetInt32()));
        Assert.Empty(host.Ometria.Violations);
        var push = Assert.Single(host.Ometria.Pushes);
        Assert.Equal(("contact", 2, 202), (push.Type, push.Count, push.Status));
    }

    [Fact]
    public async Task An_unknown_key_is_401_and_one_that_may_not_push_403()
    {
        var host = await StartAsync();
        host.OmetriaAccounts.AddKey("reader", host.Ometria, mayPush: false);

        using var unknown = await PushAsync(host, new JsonArray(Contact("1")), "wrong");
        using var reader = await PushAsync(host, new JsonArray(Contact("1")), "reader");

        Assert.Equal((401, 403), ((int)unknown.StatusCode, (int)reader.StatusCode));
        Assert.Empty(host.Ometria.Contacts);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[{")]
    [InlineData("""[{"id":"1"}]""")]
    [InlineData("""[{"@type":"attribute","id":"1"}]""")]
    [InlineData("""[{"@type":"contact","id":"1","email":"a@b.c"},{"@type":"custom_event","id":"2"}]""")]
    public async Task A_body_that_is_no_batch_of_one_type_is_400(string body)
    {
        var host = await StartAsync();

        using var response = await PushTextAsync(host, body);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(400, host.Ometria.Pushes.Single().Status);
    }

    [Fact]
    public async Task A_batch_has_100_records_at_most_and_a_record_60000_bytes()
    {
        var host = await StartAsync(options => options.OmetriaPushesPerSecond = 100);
        var large = Contact("1");
        large["note"] = new string('é', 1 + (60_000 - large.ToJsonString().Length) / 2);

        using var full = await PushAsync(host, Batch(100));
        using var overfull = await PushAsync(host, Batch(101));
        using var tooLarge = await PushTextAsync(host, "[" + large.ToJsonString(Sandbox.Wire.Json) + "]");

        Assert.Equal((202, 400, 400), ((int)full.StatusCode, (int)overfull.StatusCode, (int)tooLarge.StatusCode));
        Assert.Contains("Payload invalid: Record is too large.", await tooLarge.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        static JsonArray Batch(int records) => new([.. Enumerable.Range(1, records).Select(id => Contact($"{id}"))]);
    }

    [Fact]
    public async Task An_account_takes_4_pushes_in_a_second_whatever_the_key()
    {
        var host = await StartAsync();
        host.OmetriaAccounts.AddKey("second key", host.Ometria);
        host.OmetriaAccounts.AddAccount("other", "other key");
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add(await StatusAsync(null));
        statuses.Add(await StatusAsync("second key"));
        statuses.Add(await StatusAsync("other key"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        statuses.Add(await StatusAsync(null));

        Assert.Equal([202, 202, 202, 202, 429, 202, 202], statuses);

        async Task<int> StatusAsync(string? key)
        {
            using var response = await PushAsync(host, new JsonArray(Contact("1")), key);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task A_full_queue_is_429_and_drains()
    {
        var host = await StartAsync(options => (options.OmetriaQueueLimit, options.OmetriaQueueDrainPerSecond) = (3, 1));

        using var first = await PushAsync(host, new JsonArray(Contact("1"), Contact("2")));
        using var full = await PushAsync(host, new JsonArray(Contact("3"), Contact("4")));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var drained = await PushAsync(host, new JsonArray(Contact("3"), Contact("4")));

        Assert.Equal((202, 429, 202), ((int)first.StatusCode, (int)full.StatusCode, (int)drained.StatusCode));
        Assert.Equal(("3", "1"), (first.Headers.GetValues("X-QueueSize-Limit").Single(), first.Headers.GetValues("X-QueueSize-Remaining").Single()));
    }

    [Fact]
    public async Task Rejected_records_are_counted_and_poison_refuses_the_whole_push()
    {
        var host = await StartAsync();
        host.Faults.Ometria.RejectOneOfNext();

        using var partly = await PushAsync(host, new JsonArray(Contact("1"), Contact("2")));
        host.Faults.Ometria.PoisonWhen = record => record.GetProperty("id").GetString() == "4";
        using var poisoned = await PushAsync(host, new JsonArray(Contact("3"), Contact("4")));
        using var clean = await PushAsync(host, new JsonArray(Contact("3")));

        var body = await partly.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((1, 1), (body.GetProperty("accepted").GetInt32(), body.GetProperty("rejected").GetInt32()));
        Assert.Equal((400, 202), ((int)poisoned.StatusCode, (int)clean.StatusCode));
        Assert.Equal(["2", "3"], host.Ometria.Contacts.Select(contact => contact.Id).Order());
    }

    [Theory]
    [InlineData(true, """["1","3"]""")]
    [InlineData(false, null)]
    public async Task The_answer_names_the_rejected_records_only_if_told_to(bool names, string? expected)
    {
        var host = await StartAsync(options => options.OmetriaNamesRejected = names);
        host.Faults.Ometria.RejectWhen = record => record.GetProperty("id").GetString() is "1" or "3";

        using var response = await PushAsync(host, new JsonArray(Event("1"), Event("2"), Event("3")));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal(expected, body.TryGetProperty("rejected_items", out var items) ? items.GetRawText() : null);
        Assert.Equal(2, body.GetProperty("rejected").GetInt32());
        Assert.Equal(["1", "3"], host.Ometria.Pushes.Single().RejectedIds);
        Assert.Equal("2", host.Ometria.Events.Single().Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invalid_record_is_answered_as_accepted_and_shows_among_the_errors_alone(bool rich)
    {
        var host = await StartAsync(options => options.OmetriaRichErrors = rich);
        host.Faults.Ometria.InvalidWhen = record => record.GetProperty("id").GetString() == "1";

        using var response = await PushAsync(host, new JsonArray(Event("1"), Event("2")));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        using var errors = await GetOmetriaAsync(host, "/push/_errors");
        var error = (await errors.Content.ReadFromJsonAsync<JsonElement>(Ct)).EnumerateArray().Single();

        Assert.Equal((2, 0), (body.GetProperty("accepted").GetInt32(), body.GetProperty("rejected").GetInt32()));
        Assert.Equal("2", host.Ometria.Events.Single().Id);
        Assert.Empty(host.Ometria.Violations);
        Assert.Equal("root", (rich ? error.GetProperty("message") : error).GetProperty("error_path").GetString());
        Assert.Equal(rich ? "1" : null, rich ? error.GetProperty("record_id").GetString() : null);
        Assert.Equal(rich, error.TryGetProperty("request_id", out _));
    }
}
