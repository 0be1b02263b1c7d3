using System.Net;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Contacts;

public sealed class ContactBookGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Only_contacts_that_differ_are_sent_and_zeros_too()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await RecordAsync(connection, 2, 0, 0);
        Assert.Equal(2, (await PushAsync(connection)).Sent);
        await RecordAsync(connection, 1, 2, 1);
        await RecordAsync(connection, 2, 1, 1);

        Assert.Equal(1, (await PushAsync(connection)).Sent);
        Assert.Equal(["1 2/1", "2 0/0", "2 1/1"], Sent(connection));
        Assert.Equal(0, (await PushAsync(connection)).Sent);
        Assert.Equal(2, connection.Ometria.Pushes().Count);
    }

    [Fact]
    public async Task What_changed_and_changed_back_is_not_sent()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await PushAsync(connection);
        await RecordAsync(connection, 1, 3, 2);
        await RecordAsync(connection, 1, 2, 1);

        Assert.Equal(0, (await PushAsync(connection)).Sent);
        Assert.Equal(0, (await connection.Book.GetStatusAsync()).Changed);
    }

    [Fact]
    public async Task What_has_to_be_sent_is_sent_whatever_was_sent_before_and_once()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await RecordAsync(connection, 2, 1, 1);
        await PushAsync(connection);
        await RecordAsync(connection, 1, 2, 1, mustSend: true);
        // What a customer says afterwards does not take it back.
        await RecordAsync(connection, 1, 3, 2);
        await RecordAsync(connection, 1, 2, 1);
        await TestConnection.ForgetAsync(connection.Book);

        Assert.Equal(1, (await PushAsync(connection)).Sent);
        Assert.Equal(["1 2/1", "2 1/1", "1 2/1"], Sent(connection));
        Assert.Equal(0, (await PushAsync(connection)).Sent);
        await RecordAsync(connection, 1, 2, 1);
        Assert.Equal(0, (await PushAsync(connection)).Sent);
    }

    [Fact]
    public async Task A_former_address_is_sent_zeros_before_the_new_one_has_the_numbers_also_after_a_failure_in_between()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await RecordAsync(connection, 2, 0, 0);
        await PushAsync(connection);
        var moved = Change(1, 2, 1) with { Email = "moved@example.test" };
        await connection.Book.RecordAsync(moved);
        await connection.Book.RecordAsync(Change(2, 0, 0) with { Email = "moved2@example.test" });
        connection.Ometria.Status = (_, records) => records[0].GetProperty("email").GetString() == "c1@example.test" ? HttpStatusCode.Accepted : HttpStatusCode.ServiceUnavailable;

        Assert.NotNull((await PushAsync(connection)).Failure);
        connection.Ometria.Status = (_, _) => HttpStatusCode.Accepted;
        Assert.Equal(2, (await PushAsync(connection)).Sent);

        Assert.Equal(["1 2/1", "2 0/0", "1 0/0", "1 0/0"], Sent(connection).Take(4));
        Assert.Equal(["1 2/1", "2 0/0"], Sent(connection).Skip(4).Order());
        Assert.Equal(0, (await PushAsync(connection)).Sent);
        // Upper and lower case are one address.
        await connection.Book.RecordAsync(moved with { Email = "Moved@example.test" });
        Assert.Equal(1, (await PushAsync(connection)).Sent);
        Assert.Equal(7, Sent(connection).Count());
    }

    [Fact]
    public async Task An_address_under_which_a_contact_went_ahead_of_an_event_is_cleared_too_after_a_restart_as_well()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Book.RecordAsync(Change(1, 2, 1) with { IsUnsent = true });
        await connection.Book.IntroduceAsync(connection.OmetriaKey, [new ContactName(1, "c1@example.test", true)]);
        var moved = Change(1, 2, 1) with { Email = "moved@example.test" };
        await connection.Book.RecordAsync(moved);
        await TestConnection.ForgetAsync(connection.Book);
        await connection.Book.IntroduceAsync(connection.OmetriaKey, [new ContactName(1, "moved@example.test", true)]);

        Assert.Equal(1, (await PushAsync(connection)).Sent);

        Assert.Equal(["1 2/1", "1 2/1", "1 0/0", "1 2/1"], Sent(connection));
        Assert.Equal(
            ["c1@example.test", "moved@example.test", "c1@example.test", "moved@example.test"],
            connection.Ometria.Accepted().Select(record => record.GetProperty("email").GetString()));
        Assert.Equal(0, (await PushAsync(connection)).Sent);
    }

    [Fact]
    public async Task The_former_address_of_a_contact_that_is_wrongly_taken_for_new_is_cleared_too()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await PushAsync(connection);
        await connection.Book.RecordAsync(Change(1, 2, 1) with { Email = "moved@example.test", IsUnsent = true });
        await connection.Book.IntroduceAsync(connection.OmetriaKey, [new ContactName(1, "moved@example.test", true)]);

        await PushAsync(connection);

        var last = connection.Ometria.Accepted().Last(record => record.GetProperty("email").GetString() == "c1@example.test");
        Assert.Equal("1 0/0", Describe(last));
        Assert.Equal(0, (await PushAsync(connection)).Sent);
    }

    [Fact]
    public async Task An_address_that_somebody_else_has_now_shows_that_one_s_numbers_in_the_end()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await PushAsync(connection);
        await connection.Book.RecordAsync(Change(2, 3, 3) with { Email = "c1@example.test", IsUnsent = true });
        await connection.Book.IntroduceAsync(connection.OmetriaKey, [new ContactName(2, "c1@example.test", true)]);
        await connection.Book.RecordAsync(Change(1, 2, 1) with { Email = "moved@example.test" });

        await PushAsync(connection);

        var last = connection.Ometria.Accepted().Last(record => record.GetProperty("email").GetString() == "c1@example.test");
        Assert.Equal("2 3/3", Describe(last));
        Assert.Equal(0, (await PushAsync(connection)).Sent);
    }

    [Fact]
    public async Task Those_with_numbers_are_listed_part_by_part()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await RecordAsync(connection, 2, 0, 0);
        await PushAsync(connection);
        await RecordAsync(connection, 300, 1, 1);
        var listed = new List<long>();
        for (var part = 0; await connection.Book.ListActiveAsync(part) is { } some; part++)
            listed.AddRange(some);

        Assert.Equal([1, 300], listed.Order());
    }

    [Fact]
    public async Task What_went_ahead_of_an_event_and_is_doubted_since_is_sent_again()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Book.RecordAsync(Change(1, 2, 1) with { IsUnsent = true });
        await connection.Book.IntroduceAsync(connection.OmetriaKey, [new ContactName(1, "c1@example.test", true)]);
        await connection.Book.RecordAsync(Change(1, 2, 1) with { MustSend = true });

        Assert.Equal(1, (await PushAsync(connection)).Sent);
        Assert.Equal(["1 2/1", "1 2/1"], Sent(connection));
    }

    [Fact]
    public async Task Another_address_of_the_same_contact_is_sent()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await PushAsync(connection);
        await connection.Book.RecordAsync(new ContactChange { CustomerId = 1, Email = "new@example.test", Numbers = new ContactNumbers(2, 1) });

        Assert.Equal(1, (await PushAsync(connection)).Sent);
        Assert.Equal("new@example.test", connection.Ometria.Accepted()[^1].GetProperty("email").GetString());
    }

    [Fact]
    public async Task What_is_recorded_and_what_was_sent_are_known_after_waking_anew()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await RecordAsync(connection, 1, 2, 1);
        await TestConnection.ForgetAsync(connection.Book);
        Assert.Equal(1, (await PushAsync(connection)).Sent);
        await TestConnection.ForgetAsync(connection.Book);
        await RecordAsync(connection, 1, 2, 1);
        await RecordAsync(connection, 257, 5, 5);
        await TestConnection.ForgetAsync(connection.Book);

        Assert.Equal(1, (await PushAsync(connection)).Sent);
        Assert.Equal(["1 2/1", "257 5/5"], Sent(connection));
        Assert.Equal((2, 0), ((await connection.Book.GetStatusAsync()).Sent, (await connection.Book.GetStatusAsync()).Changed));
    }

    [Fact]
    public async Task What_could_not_be_sent_stays_for_the_next_run()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Ometria.Status = (_, _) => HttpStatusCode.ServiceUnavailable;
        await RecordAsync(connection, 1, 2, 1);
        var failed = await PushAsync(connection);
        Assert.Equal((0, 1, "Ometria answered 503."), (failed.Sent, failed.Left, failed.Failure));
        await TestConnection.ForgetAsync(connection.Book);
        connection.Ometria.Status = (_, _) => HttpStatusCode.Accepted;

        Assert.Equal((1, 0), ((await PushAsync(connection)).Sent, (await connection.Book.GetStatusAsync()).Changed));
        Assert.Equal(["1 2/1"], Sent(connection));
    }

    [Fact]
    public async Task Contacts_go_a_hundred_at_a_time_and_no_more_batches_than_asked_for()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await Task.WhenAll(Enumerable.Range(1, 250).Select(i => RecordAsync(connection, i, i, 1)));

        var first = await connection.Book.PushChangesAsync(connection.OmetriaKey, maxBatches: 2);
        Assert.Equal((200, 50), (first.Sent, first.Left));
        var second = await connection.Book.PushChangesAsync(connection.OmetriaKey, maxBatches: 2);
        Assert.Equal((50, 0), (second.Sent, second.Left));
        Assert.Equal([100, 100, 50], connection.Ometria.Pushes().Select(push => push.Count));
        Assert.Equal(250, Sent(connection).Distinct().Count());
    }

    [Fact]
    public async Task One_contact_that_is_refused_does_not_hold_up_the_others()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Ometria.Status = (_, records) =>
            records.Any(record => FakeOmetriaAccount.IdOf(record) == "3") ? HttpStatusCode.BadRequest : HttpStatusCode.Accepted;
        await Task.WhenAll(Enumerable.Range(1, 5).Select(i => RecordAsync(connection, i, i, 1)));

        var result = await PushAsync(connection);
        Assert.Equal((4, 1, 0), (result.Sent, result.Rejected, result.Left));
        Assert.Equal(["1 1/1", "2 2/1", "4 4/1", "5 5/1"], Sent(connection).Order());
    }

    private static Task RecordAsync(TestConnection connection, long customer, int total, int active, bool mustSend = false) =>
        connection.Book.RecordAsync(Change(customer, total, active) with { MustSend = mustSend });

    private static ContactChange Change(long customer, int total, int active) =>
        new() { CustomerId = customer, Email = $"c{customer}@example.test", Numbers = new ContactNumbers(total, active) };

    private static Task<ContactPushResult> PushAsync(TestConnection connection) => connection.Book.PushChangesAsync(connection.OmetriaKey, maxBatches: 10);

    private static List<string> Sent(TestConnection connection) => [.. connection.Ometria.Accepted().Select(Describe)];

    private static string Describe(System.Text.Json.JsonElement record)
    {
        var numbers = record.GetProperty("properties");
        return $"{FakeOmetriaAccount.IdOf(record)} {numbers.GetProperty("total_subscription").GetInt32()}/{numbers.GetProperty("active_subscriptions").GetInt32()}";
    }
}
