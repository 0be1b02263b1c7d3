using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

public sealed class RecordRulesTests : SandboxTest
{
    [Theory]
    [InlineData("marketing_optin", "\"EXPLICITLY_OPTEDIN\"", "forbidden_field")]
    [InlineData("channels", "{}", "forbidden_field")]
    [InlineData("@force_optin", "true", "forbidden_field")]
    [InlineData("timestamp_subscribed", "\"2026-01-01T00:00:00+00:00\"", "forbidden_field")]
    [InlineData("timestamp_unsubscribed", "\"2026-01-01T00:00:00+00:00\"", "forbidden_field")]
    [InlineData("@merge", "false", "merge_is_not_true")]
    [InlineData("@collection", "null", "no_collection")]
    public async Task Some_fields_are_taken_and_still_a_violation(string field, string value, string rule)
    {
        var host = await StartAsync();
        var contact = Contact("1");
        contact[field] = JsonNode.Parse(value);

        using var response = await PushAsync(host, new JsonArray(contact));

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal(new OmetriaViolation(rule, "1", $"root > {field}"), Assert.Single(host.Ometria.Violations));
        Assert.Single(host.Ometria.Contacts);
        Assert.Empty(host.Ometria.Errors);
    }

    [Theory]
    [InlineData("contact", "id", "7", "root > id")]
    [InlineData("contact", "email", "null", "root > email")]
    [InlineData("contact", "properties", """{"total_subscription":"2"}""", "root > properties > total_subscription")]
    [InlineData("custom_event", "id", "7", "root > id")]
    [InlineData("custom_event", "identity_email", "null", "root > identity_email")]
    [InlineData("custom_event", "timestamp", "\"2026-03-09T14:00:00\"", "root > timestamp")]
    [InlineData("custom_event", "timestamp", "\"9 March 2026\"", "root > timestamp")]
    [InlineData("custom_event", "properties", """{"product_id":[7]}""", "root > properties > product_id")]
    [InlineData("custom_event", "properties", """{"variant_id":"8"}""", "root > properties > variant_id")]
    public async Task A_wrong_record_is_accepted_first_and_shows_in_the_errors_later(string type, string field, string value, string path)
    {
        var host = await StartAsync();
        var record = type == "contact" ? Contact("1") : Event("1");
        record[field] = JsonNode.Parse(value);

        using var response = await PushAsync(host, new JsonArray(record));
        using var errors = await GetOmetriaAsync(host, "/push/_errors");

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal($$"""[{"error_message":"not a valid value","error_path":"{{path}}"}]""", await errors.Content.ReadAsStringAsync(Ct));
        Assert.Equal(path, Assert.Single(host.Ometria.Violations).Path);
        Assert.Empty(host.Ometria.Contacts);
        Assert.Empty(host.Ometria.Events);
    }

    [Fact]
    public async Task Text_properties_have_512_characters_and_event_types_31()
    {
        var host = await StartAsync();
        var longText = Event("1");
        longText["properties"]!["reason"] = new string('x', 513);
        var longType = Event("2", new string('t', 32));

        using var response = await PushAsync(host, new JsonArray(longText, longType));

        Assert.Equal(["text_too_long", "event_type_too_long"], host.Ometria.Violations.Select(violation => violation.Rule));
        Assert.Equal(new string('t', 31), Assert.Single(host.Ometria.Events).EventType);
    }

    [Fact]
    public async Task The_errors_can_be_rich_and_are_the_last_hundred()
    {
        var host = await StartAsync(options => options.OmetriaRichErrors = true);
        JsonArray batch = [];
        for (var i = 0; i < 70; i++)
        {
            var bad = Event($"{i}");
            bad.Remove("timestamp");
            batch.Add(bad);
        }

        using var first = await PushAsync(host, batch);
        using var second = await PushAsync(host, batch);
        using var errors = await GetOmetriaAsync(host, "/push/_errors");
        var list = await errors.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal(100, list.GetArrayLength());
        Assert.Equal("69", list[0].GetProperty("record_id").GetString());
        Assert.Equal("root > timestamp", list[0].GetProperty("message").GetProperty("error_path").GetString());
        Assert.Equal(host.Ometria.Pushes[1].RequestId, list[0].GetProperty("request_id").GetString());
    }
}
