using System.Text.Json;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Outbox;

/// <summary>A contact goes ahead of its first event.</summary>
public sealed class OutboxContactTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Someone_Ometria_has_never_seen_is_introduced_with_the_numbers_before_the_first_event_and_once()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Book.RecordAsync(new ContactChange { CustomerId = 5, Email = Given.Email, Numbers = new ContactNumbers(3, 2), IsUnsent = true });
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await connection.OfferAsync(TestConnection.Told(5, 2));
        var records = await connection.Ometria.AcceptedAsync(3);

        Assert.Equal(["5", "event-5-1", "event-5-2"], records.Select(FakeOmetriaAccount.IdOf));
        Assert.Equal((3, 2), NumbersOf(records[0]));
        Assert.Equal(0, (await connection.Book.PushChangesAsync(connection.OmetriaKey, 1)).Sent);
    }

    [Fact]
    public async Task Whose_numbers_are_not_known_is_introduced_without_any_and_gets_them_with_the_daily_sync()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.OfferAsync(TestConnection.Told(5, 1));
        var contact = (await connection.Ometria.AcceptedAsync(2))[0];
        Assert.False(contact.TryGetProperty("properties", out _));
        Assert.True(contact.GetProperty("@merge").GetBoolean());

        await connection.Book.RecordAsync(new ContactChange { CustomerId = 5, Email = Given.Email, Numbers = new ContactNumbers(3, 2) });
        Assert.Equal(1, (await connection.Book.PushChangesAsync(connection.OmetriaKey, 1)).Sent);
    }

    [Fact]
    public async Task Whose_numbers_change_after_the_introduction_is_sent_again_by_the_daily_sync()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Book.RecordAsync(new ContactChange { CustomerId = 5, Email = Given.Email, Numbers = new ContactNumbers(1, 1), IsUnsent = true });
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await connection.Ometria.AcceptedAsync(2);
        await connection.Book.RecordAsync(new ContactChange { CustomerId = 5, Email = Given.Email, Numbers = new ContactNumbers(0, 0) });

        Assert.Equal(1, (await connection.Book.PushChangesAsync(connection.OmetriaKey, 1)).Sent);
        Assert.Equal((0, 0), NumbersOf(connection.Ometria.Accepted()[2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Numbers_that_went_ahead_and_then_changed_are_sent_again_also_after_a_restart(bool restarted)
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        ContactChange Numbers(int active) => new() { CustomerId = 5, Email = Given.Email, Numbers = new ContactNumbers(active, active), IsUnsent = true };
        await connection.Book.RecordAsync(Numbers(0));
        await connection.Book.RecordAsync(Numbers(1));
        await connection.OfferAsync(TestConnection.Told(5, 1) with { IsRecorded = true });
        await connection.Ometria.AcceptedAsync(2);
        if (restarted)
            await TestConnection.ForgetAsync(connection.Book);
        await connection.Book.RecordAsync(Numbers(0));

        Assert.Equal(1, (await connection.Book.PushChangesAsync(connection.OmetriaKey, 1)).Sent);
        Assert.Equal((0, 0), NumbersOf(connection.Ometria.Accepted()[2]));
        // Sent once and known since: the next event goes alone.
        await connection.Book.RecordAsync(Numbers(1) with { IsUnsent = false });
        await connection.OfferAsync(TestConnection.Told(5, 2) with { IsRecorded = true });
        Assert.Equal("event-5-2", FakeOmetriaAccount.IdOf((await connection.Ometria.AcceptedAsync(4))[3]));
    }

    [Fact]
    public async Task Who_was_imported_is_not_introduced_again()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Book.RecordAsync(new ContactChange { CustomerId = 5, Email = Given.Email, Numbers = new ContactNumbers(3, 2) });
        await connection.Book.PushChangesAsync(connection.OmetriaKey, 1);
        await connection.OfferAsync(TestConnection.Told(5, 1) with { IsRecorded = true });

        Assert.Equal(["5", "event-5-1"], (await connection.Ometria.AcceptedAsync(2)).Select(FakeOmetriaAccount.IdOf));
    }

    [Fact]
    public async Task A_contact_that_Ometria_refuses_holds_up_neither_its_event_nor_others()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Ometria.Status = (_, records) => records.Any(record => FakeOmetriaAccount.IdOf(record) == "7")
            ? System.Net.HttpStatusCode.UnprocessableEntity : System.Net.HttpStatusCode.Accepted;
        await connection.HoldAsync(true);
        await connection.OfferAsync([.. Enumerable.Range(5, 5).Select(customer => TestConnection.Told(customer, 1))]);
        await connection.HoldAsync(false);
        await connection.WaitForStatusAsync(status => status.Sent == 5);

        Assert.Equal(["5", "6", "8", "9"], connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf).Where(id => id.Length == 1));
        Assert.Equal(1, (await connection.Book.GetStatusAsync()).Rejected);
    }

    [Fact]
    public async Task An_event_does_not_go_ahead_of_a_contact_that_cannot_be_sent_now()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        var answers = new Queue<System.Net.HttpStatusCode>([System.Net.HttpStatusCode.ServiceUnavailable]);
        connection.Ometria.Status = (_, _) => answers.TryDequeue(out var answer) ? answer : System.Net.HttpStatusCode.Accepted;
        await connection.OfferAsync(TestConnection.Told(5, 1));

        Assert.Equal(["5", "event-5-1"], (await connection.Ometria.AcceptedAsync(2)).Select(FakeOmetriaAccount.IdOf));
    }

    private static (int Total, int Active) NumbersOf(JsonElement contact)
    {
        var numbers = contact.GetProperty("properties");
        return (numbers.GetProperty("total_subscription").GetInt32(), numbers.GetProperty("active_subscriptions").GetInt32());
    }
}
