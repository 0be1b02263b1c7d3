using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

public sealed class ControlApiTests : SandboxTest
{
    [Fact]
    public async Task A_shopper_can_be_played_over_http()
    {
        var host = await StartAsync();

        var (_, subscription) = await PostAsync(host, "/control/store/subscriptions", """{"email":"jo@example.test","nextChargeOn":"2026-04-01"}""");
        var id = subscription.GetProperty("id").GetInt64();
        await PostAsync(host, $"/control/store/subscriptions/{id}/cancel", """{"reason":"test"}""");
        var (again, problem) = await PostAsync(host, $"/control/store/subscriptions/{id}/cancel", "{}");

        Assert.Equal("jo@example.test", host.Store.GetCustomer(subscription.GetProperty("customerId").GetInt64()).Email);
        Assert.Equal(SubscriptionStatus.Cancelled, host.Store.GetSubscription(id).Status);
        Assert.Equal(409, again);
        Assert.Contains("not active", problem.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_shows_what_ometria_holds()
    {
        var host = await StartAsync();
        using var one = await PushAsync(host, new JsonArray(Contact("1")));
        using var two = await PushAsync(host, new JsonArray(Event("a"), Event("a")));

        var state = await Http.GetFromJsonAsync<JsonElement>(new Uri(host.BaseAddress, "/control/state"), Ct);
        var contacts = await Http.GetFromJsonAsync<JsonElement>(new Uri(host.BaseAddress, "/control/ometria/contacts?email=jo@example.test"), Ct);
        var events = await Http.GetFromJsonAsync<JsonElement>(new Uri(host.BaseAddress, "/control/ometria/events?type=subscription_created"), Ct);
        var page = await Http.GetStringAsync(host.BaseAddress, Ct);

        Assert.Equal(2, state.GetProperty("ometria").GetProperty("eventsByType").GetProperty("subscription_created").GetInt32());
        Assert.Equal(2, state.GetProperty("ometria").GetProperty("duplicates").GetProperty("a").GetInt32());
        Assert.Equal(1, contacts.GetProperty("contacts")[0].GetProperty("activeSubscriptions").GetInt32());
        Assert.Equal(2, events.GetProperty("events")[0].GetProperty("timesAccepted").GetInt32());
        Assert.Contains("<h2>Contacts at Ometria</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_can_be_spoilt_and_lost_and_a_push_mends_it()
    {
        var host = await StartAsync();
        using var one = await PushAsync(host, new JsonArray(Contact("1")));

        await PostAsync(host, "/control/ometria/contacts/1/spoil", """{"total":7,"active":6}""");
        var spoilt = host.Ometria.FindContact("1")!;
        using var lost = await Http.DeleteAsync(new Uri(host.BaseAddress, "/control/ometria/contacts/1"), Ct);
        var gone = host.Ometria.FindContact("1");
        using var again = await PushAsync(host, new JsonArray(Contact("1")));

        Assert.Equal((7, 6), (spoilt.TotalSubscriptions, spoilt.ActiveSubscriptions));
        Assert.True(lost.IsSuccessStatusCode);
        Assert.Null(gone);
        Assert.Equal((1, 1), (host.Ometria.FindContact("1")!.ActiveSubscriptions, host.Ometria.FindContact("1")!.Pushes));
        Assert.Equal(400, (await PostAsync(host, "/control/ometria/contacts/2/spoil", "{}")).Status);
    }

    [Fact]
    public async Task Clock_and_faults_are_in_reach()
    {
        var host = await StartAsync();

        await PostAsync(host, "/control/clock", """{"advanceSeconds":3600}""");
        await PostAsync(host, "/control/faults/recharge", """{"fault":"status","status":502,"times":1,"path":"/store"}""");

        Assert.Equal(Start.AddHours(1), host.Clock.GetUtcNow());
        Assert.Equal(502, (await RefusedAsync(host, "/store")).Status);
        Assert.Equal(200, (await RefusedAsync(host, "/store")).Status);
        Assert.Equal(400, (await PostAsync(host, "/control/faults/recharge", """{"fault":"unheard of"}""")).Status);
        Assert.Equal(400, (await PostAsync(host, "/control/clock", """{"advanceSeconds":"soon"}""")).Status);
    }

    [Theory]
    [InlineData("rejectWhen", """{"idContains":"b","type":"subscription_created"}""", 202, 1, 0)]
    [InlineData("invalid", """{"emailContains":"JO@"}""", 202, 0, 2)]
    [InlineData("poison", """{"type":"custom_event"}""", 400, 0, 0)]
    [InlineData("poison", """{"type":"contact"}""", 202, 2, 0)]
    public async Task Records_that_ometria_takes_badly_are_picked_by_what_they_contain(string route, string body, int status, int kept, int errors)
    {
        var host = await StartAsync();

        Assert.Equal(200, (await PostAsync(host, $"/control/faults/ometria/{route}", body)).Status);
        using var push = await PushAsync(host, new JsonArray(Event("abc"), Event("ac")));

        Assert.Equal((status, kept, errors), ((int)push.StatusCode, host.Ometria.Events.Count, host.Ometria.Errors.Count));
        Assert.Equal(400, (await PostAsync(host, $"/control/faults/ometria/{route}", "{}")).Status);
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(SandboxHost host, string path, string body)
    {
        using var content = new StringContent(body);
        using var response = await Http.PostAsync(new Uri(host.BaseAddress, path), content, Ct);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }
}
