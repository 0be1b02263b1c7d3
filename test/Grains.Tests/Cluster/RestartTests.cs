using RechargeGrains.Contacts;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Tests.Cluster;

public sealed class RestartTests
{
    [Fact]
    public async Task What_was_taken_before_the_silo_ended_is_told_once_after_it_started_again()
    {
        await using var cluster = new ClusterFixture();
        await cluster.InitializeAsync();
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.SendAsync("subscription/created", Given.Subscription);
        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Given.Start.AddHours(1)));
        await connection.Book.RecordAsync(new ContactChange { CustomerId = Given.CustomerId, Email = Given.Email, Numbers = new ContactNumbers(0, 0) });

        await cluster.RestartAsync();
        // Recharge has had no answer to the last one, so it sends it again.
        Assert.Equal(
            ApplyOutcome.Duplicate, await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Given.Start.AddHours(1))));
        await connection.HoldAsync(false);

        Assert.Equal(
            ["rc-77-900100411-created", $"rc-77-900100411-cancelled-{Given.Start.AddHours(1).ToUnixTimeSeconds()}"], await connection.ToldAsync());
        // The contact went ahead of its first event, with the numbers that were recorded before the silo ended.
        var contact = Assert.Single(connection.Ometria.Introduced(), record => FakeOmetriaAccount.IdOf(record) == $"{Given.CustomerId}");
        Assert.Equal(0, contact.GetProperty("properties").GetProperty("total_subscription").GetInt32());
        Assert.Equal(0, (await connection.Book.PushChangesAsync(connection.OmetriaKey, maxBatches: 1)).Sent);
    }
}
