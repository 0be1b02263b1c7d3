using System.Net;
using System.Text.Json;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Outbox;

/// <summary>What comes of Ometria's answers, and of those that do not come.</summary>
public sealed class OutboxFailureTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_garbage_answer_may_have_been_an_acceptance_so_the_repeat_is_counted_and_shown()
    {
        var connection = await cluster.ConnectAsync();
        var bodies = new Queue<string>(["<html>upstream connect error</html>"]);
        connection.Ometria.Body = (requestId, _) => bodies.TryDequeue(out var body) ? body : $$"""{"request_id":"{{requestId}}"}""";
        await connection.OfferAsync(TestConnection.Told(5, 2), TestConnection.Told(5, 3));
        await connection.Ometria.PushesAsync(atLeast: 2);

        await connection.ToldAsync();
        Assert.Equal(2, (await connection.Outbox.GetStatusAsync()).Repeated);
        var line = await LineOfAsync(connection, "event-5-2");
        Assert.Equal((DeliveryStatus.Sent, 2, 1), (line.Status, line.Attempts, line.Repeats));
    }

    [Fact]
    public async Task An_answer_that_refuses_is_no_acceptance_and_its_repeat_is_not_counted()
    {
        var connection = await cluster.ConnectAsync();
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]);
        connection.Ometria.Status = (_, _) => answers.TryDequeue(out var answer) ? answer : HttpStatusCode.Accepted;
        await connection.OfferAsync(TestConnection.Told(5, 2));
        await connection.ToldAsync();

        Assert.Equal(0, (await connection.Outbox.GetStatusAsync()).Repeated);
        Assert.Equal(3, (await LineOfAsync(connection, "event-5-2")).Attempts);
    }

    [Fact]
    public async Task A_push_that_was_under_way_when_the_outbox_ended_is_repeated_under_its_ids_and_counted()
    {
        await using var own = new ClusterFixture();
        await own.InitializeAsync();
        var connection = await own.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.OfferAsync(TestConnection.Told(5, 2));
        await own.RestartAsync();
        // As a kill leaves it between Ometria's acceptance and our learning of it.
        var state = await StoredRecord<OutboxState>.ReadAsync(own.Storage, connection.Outbox.GetGrainId(), "outbox");
        state.Value.Sending = new Sending { Segment = 0, Out = [0], Stamps = { [0] = new Stamp(Given.Start, LateHandling.SentLate, Paced: false) } };
        await state.WriteAsync();
        await connection.HoldAsync(false);

        await connection.ToldAsync();
        Assert.Equal(1, (await connection.WaitForStatusAsync(status => status.Sent >= 1)).Repeated);
        Assert.Equal(1, (await LineOfAsync(connection, "event-5-2")).Repeats);
    }

    [Fact]
    public async Task Rejected_records_that_Ometria_names_are_rejected_and_the_others_sent()
    {
        var connection = await cluster.ConnectAsync();
        connection.Ometria.Body = (requestId, records) => records.Any(record => FakeOmetriaAccount.IdOf(record) == "event-5-3")
            ? $$"""{"request_id":"{{requestId}}","accepted":2,"rejected":1,"rejected_items":[{"id":"event-5-3"}]}"""
            : "{}";
        await connection.OfferAsync(TestConnection.Told(5, 2), TestConnection.Told(5, 3), TestConnection.Told(5, 4));
        await connection.ToldAsync();

        var status = await connection.Outbox.GetStatusAsync();
        Assert.Equal(1, status.Rejected);
        Assert.Equal(DeliveryStatus.Rejected, (await LineOfAsync(connection, "event-5-3")).Status);
        Assert.Null((await LineOfAsync(connection, "event-5-4")).Error);
    }

    [Fact]
    public async Task Rejected_records_that_Ometria_does_not_name_are_counted_and_every_line_says_so()
    {
        var connection = await cluster.ConnectAsync();
        connection.Ometria.Body = (requestId, records) => $$"""{"request_id":"{{requestId}}","rejected":{{(records.Count == 3 ? 1 : 0)}}}""";
        await connection.OfferAsync(TestConnection.Told(5, 2), TestConnection.Told(5, 3), TestConnection.Told(5, 4));
        await connection.ToldAsync();

        Assert.Equal(1, (await connection.Outbox.GetStatusAsync()).Rejected);
        var line = await LineOfAsync(connection, "event-5-3");
        Assert.Equal(DeliveryStatus.Sent, line.Status);
        Assert.Contains("rejected 1 of the 3", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_found_later_marks_the_delivery_that_it_names()
    {
        var connection = await cluster.ConnectAsync();
        await connection.OfferAsync(TestConnection.Told(5, 2) with { EventId = "rc-77-5-created" });
        var requestId = await RequestIdOfAsync(connection, "rc-77-5-created");
        connection.Ometria.Errors = JsonSerializer.Serialize(new object[]
        {
            new { request_id = requestId, record_type = "custom_event", record_id = "rc-77-5-created", message = new { error_message = "not a valid value", error_path = "root > properties > price" } },
            new { request_id = "foreign", record_type = "custom_event", record_id = "other-1", message = new { error_message = "not a valid value" } },
        });

        await connection.WaitForStatusAsync(status => status.Rejected == 1);
        var line = await RejectedLineOfAsync(connection, "rc-77-5-created");
        Assert.Contains("not a valid value (root > properties > price)", line.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await connection.Outbox.GetStatusAsync()).UnmatchedErrors);
    }

    [Fact]
    public async Task An_error_of_a_former_push_of_the_same_event_marks_nothing()
    {
        var connection = await cluster.ConnectAsync();
        await connection.OfferAsync(TestConnection.Told(5, 2) with { EventId = "rc-77-6-created" }, TestConnection.Told(5, 3) with { EventId = "rc-77-7-created" });
        await RequestIdOfAsync(connection, "rc-77-6-created");
        var requestId = await RequestIdOfAsync(connection, "rc-77-7-created");
        connection.Ometria.Errors = JsonSerializer.Serialize(new object[]
        {
            new { request_id = "former", record_type = "custom_event", record_id = "rc-77-6-created", message = new { error_message = "not a valid value" } },
            new { request_id = requestId, record_type = "custom_event", record_id = "rc-77-7-created", message = new { error_message = "not a valid value" } },
        });

        await connection.WaitForStatusAsync(status => status.Rejected == 1);
        Assert.Equal(DeliveryStatus.Sent, (await LineOfAsync(connection, "rc-77-6-created")).Status);
    }

    [Fact]
    public async Task An_error_that_names_nobody_marks_the_only_event_it_can_mean_else_it_is_shown_as_nobodys()
    {
        var connection = await cluster.ConnectAsync();
        // The second reading begins when the first has been dealt with.
        await connection.Ometria.ErrorReadsAsync(atLeast: 2);
        await connection.OfferAsync(TestConnection.Told(5, 2));
        await connection.WaitForStatusAsync(status => status.Sent == 1);
        connection.Ometria.Errors = """[{"error_message":"not a valid value","error_path":"root > properties > subscription_id"}]""";
        await connection.WaitForStatusAsync(status => status.Rejected == 1);
        Assert.Contains("the only one sent", (await RejectedLineOfAsync(connection, "event-5-2")).Error, StringComparison.Ordinal);

        // Of another integration: none of our records has such a field.
        connection.Ometria.Errors = """[{"error_message":"not a valid value","error_path":"root > firstname"},{"error_message":"not a valid value","error_path":"root > properties > subscription_id"}]""";
        var status = await connection.WaitForStatusAsync(status => status.UnmatchedErrors > 0);
        Assert.Equal((1, 1, "root > firstname"), (status.Rejected, status.UnmatchedErrors, status.UnmatchedErrorPath));
    }

    private static async Task<string> RequestIdOfAsync(TestConnection connection, string eventId)
    {
        await connection.ToldAsync();
        return (await LineOfAsync(connection, eventId)).RequestId!;
    }

    private static Task<DeliveryEntry> LineOfAsync(TestConnection connection, string eventId) => connection.WaitForLineAsync(eventId, Given.Start);

    private static Task<DeliveryEntry> RejectedLineOfAsync(TestConnection connection, string eventId) =>
        connection.WaitForLineAsync(eventId, Given.Start, line => line.Status == DeliveryStatus.Rejected);
}
