namespace RechargeGrains.Api.Tests.Hooks;

public sealed class HookTests(HookFixture fixture) : IClassFixture<HookFixture>
{
    private static readonly DateTimeOffset Today = DateTimeOffset.UtcNow;

    private TestConnection Connection => fixture.Connection;

    private string Secret => Connection.Tenant.ClientSecret;

    [Fact]
    public async Task A_webhook_with_both_signatures_becomes_an_event_under_the_customers_address()
    {
        var id = HookBody.NewId();

        var status = await Connection.PostHookAsync("subscription/created", HookBody.Created(id, Today));

        Assert.Equal(200, status);
        var told = Assert.Single(await Connection.WaitForEventsOfAsync(id, 1));
        Assert.Equal("subscription_created", told.EventType);
        Assert.Equal(HookBody.EmailOf(id), told.IdentityEmail);
        Assert.Equal(12.5m, told.Properties.GetProperty("price").GetDecimal());
    }

    [Fact]
    public async Task The_new_signature_alone_is_enough() =>
        Assert.Equal(200, await PostAsync(new Signed(Signed.NewHeader(Secret, TimeSpan.Zero), null)));

    [Fact]
    public async Task The_legacy_signature_alone_is_enough() =>
        Assert.Equal(200, await PostAsync(new Signed(null, Signed.LegacyHeader(Secret))));

    [Fact]
    public async Task A_new_signature_that_is_wrong_is_not_saved_by_a_right_legacy_one() =>
        Assert.Equal(401, await PostAsync(new Signed(Signed.NewHeader("another secret", TimeSpan.Zero), Signed.LegacyHeader(Secret))));

    [Theory]
    [InlineData(47, 200)]
    [InlineData(49, 401)]
    [InlineData(-47, 200)]
    [InlineData(-49, 401)]
    public async Task A_signature_is_good_for_two_days_in_both_directions(int hoursAgo, int expected) =>
        Assert.Equal(expected, await PostAsync(new Signed(Signed.NewHeader(Secret, TimeSpan.FromHours(hoursAgo)), null)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("v1=", null)]
    [InlineData("t=1790000000", null)]
    [InlineData("t=,v1=", null)]
    [InlineData("t=99999999999999999999,v1=00", null)]
    [InlineData(null, "")]
    [InlineData(null, "not hexadecimal")]
    [InlineData(null, "45b1eb3d42c8d42d6c1b550a9e9fa1749e343b8390bdaa94ee1fde0045d7dfca")]
    public async Task A_forged_or_missing_signature_is_refused(string? signature, string? legacy) =>
        Assert.Equal(401, await PostAsync(new Signed(signature is null ? null : _ => signature, legacy is null ? null : _ => legacy)));

    [Fact]
    public async Task A_body_that_was_changed_on_the_way_is_refused_and_tells_nothing()
    {
        var id = HookBody.NewId();
        var genuine = Encoding.UTF8.GetBytes(HookBody.Created(HookBody.NewId(), Today));
        var signed = new Signed(_ => Signed.NewHeader(Secret, TimeSpan.Zero)(genuine), _ => Signed.LegacyHeader(Secret)(genuine));

        Assert.Equal(401, await Connection.PostHookAsync("subscription/created", HookBody.Created(id, Today), signed));

        // What is sent afterwards arrives; the forged one would have come before it.
        var later = HookBody.NewId();
        await Connection.PostHookAsync("subscription/created", HookBody.Created(later, Today));
        await Connection.WaitForEventsOfAsync(later, 1);
        Assert.DoesNotContain(Connection.Ometria.Events, told => told.IdentityEmail == HookBody.EmailOf(id));
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    [InlineData("..%2f..%2f")]
    public async Task An_unknown_hook_key_is_not_found(string hookKey)
    {
        using var http = new HttpClient();
        using var content = new StringContent(HookBody.Created(HookBody.NewId(), Today));

        using var answer = await http.PostAsync(
            new Uri(fixture.Product.Address, $"/hooks/recharge/{hookKey}/subscription/created"), content, TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(HookFixture.MaxBodyBytes, false, 200)]
    [InlineData(HookFixture.MaxBodyBytes, true, 200)]
    [InlineData(HookFixture.MaxBodyBytes + 1, false, 413)]
    [InlineData(HookFixture.MaxBodyBytes + 1, true, 413)]
    public async Task A_body_above_the_limit_is_refused_with_or_without_a_length(int bytes, bool chunked, int expected)
    {
        var body = HookBody.Created(HookBody.NewId(), Today);
        body = body.PadRight(bytes);

        Assert.Equal(expected, await Connection.PostHookAsync("subscription/created", Encoding.UTF8.GetBytes(body), chunked: chunked));
    }

    [Fact]
    public async Task The_same_webhook_twice_is_one_event_and_counted_as_a_duplicate()
    {
        var connection = await fixture.AddConnectionAsync();
        var id = HookBody.NewId();
        var body = HookBody.Created(id, Today);

        Assert.Equal(200, await connection.PostHookAsync("subscription/created", body));
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", body));

        // Both were answered 200, so both are counted; nothing waits, so no second event can follow.
        var status = await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["waiting"]! == 0 && (long)status["counters"]!["received"]! == 2);
        Assert.Equal(1, (long)status["counters"]!["duplicates"]!);
        Assert.Equal(1, (long)status["counters"]!["events"]!["sent"]!);
        var told = Assert.Single(connection.Ometria.Events);
        Assert.Equal(id.ToString(CultureInfo.InvariantCulture), told.Text("subscription_id"));
    }

    [Fact]
    public async Task Cancelled_before_created_arrives_at_ometria_created_first()
    {
        var id = HookBody.NewId();
        var created = Today.AddMinutes(-5);

        Assert.Equal(200, await Connection.PostHookAsync("subscription/cancelled", HookBody.Cancelled(id, created, Today)));
        Assert.Equal(200, await Connection.PostHookAsync("subscription/created", HookBody.Created(id, created)));

        // A later one behind both: what was to come of the two is there when it is.
        var later = HookBody.NewId();
        await Connection.PostHookAsync("subscription/created", HookBody.Created(later, Today));
        await Connection.WaitForEventsOfAsync(later, 1);
        var told = await Connection.WaitForEventsOfAsync(id, 2);
        Assert.Equal(["subscription_created", "subscription_cancelled"], told.Select(event_ => event_.EventType));
    }

    [Fact]
    public async Task Many_senders_of_one_webhook_at_once_make_one_event()
    {
        var id = HookBody.NewId();
        var body = HookBody.Created(id, Today);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Connection.PostHookAsync("subscription/created", body)));

        Assert.All(statuses, status => Assert.Equal(200, status));
        var later = HookBody.NewId();
        await Connection.PostHookAsync("subscription/created", HookBody.Created(later, Today));
        await Connection.WaitForEventsOfAsync(later, 1);
        Assert.Single(await Connection.WaitForEventsOfAsync(id, 1));
    }

    [Fact]
    public async Task A_topic_that_tells_us_nothing_is_taken_and_not_set_aside()
    {
        var connection = await fixture.AddConnectionAsync();

        Assert.Equal(200, await connection.PostHookAsync("charge/paid", """{"charge":{"id":1}}"""));

        var status = await connection.WaitForAsync(status => (long)status["counters"]!["received"]! == 1);
        Assert.Equal(0, (long)status["counters"]!["setAside"]!);
    }

    [Fact]
    public async Task Without_a_client_secret_the_hook_key_alone_opens_and_a_problem_says_so()
    {
        var tenant = await fixture.AddTenantAsync();
        var connection = await tenant.ConnectAsync(withSecret: false);
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        var id = HookBody.NewId();

        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, Today), Signed.Not));

        Assert.Single(await connection.WaitForEventsOfAsync(id, 1));
        Assert.Contains((await connection.StatusAsync())["problems"]!.AsArray(), problem => (string?)problem!["code"] == "no_client_secret");
    }

    [Fact]
    public async Task An_answer_of_ometria_that_is_lost_brings_the_event_again_under_the_same_id()
    {
        var (connection, id) = await AddCustomerAsync();
        var rule = await NextPushAsync(Fault.ResetAfter);

        Assert.Equal(200, await connection.PostHookAsync("subscription/cancelled", HookBody.Cancelled(id, Today, Today.AddSeconds(1))));

        await rule.WaitForHitsAsync(1, Patience.Short, TestContext.Current.CancellationToken);
        await AssertSentTwiceAsync(connection, id);
    }

    [Fact]
    public async Task A_push_whose_answer_dies_with_the_product_is_made_again_under_the_same_id()
    {
        var (connection, id) = await AddCustomerAsync();
        var rule = await NextPushAsync(Fault.HangAfter);

        Assert.Equal(200, await connection.PostHookAsync("subscription/cancelled", HookBody.Cancelled(id, Today, Today.AddSeconds(1))));
        await connection.WaitForEventsOfAsync(id, 2);
        await rule.WaitForHitsAsync(1, Patience.Short, TestContext.Current.CancellationToken);
        await fixture.KillAndStartAsync();

        await AssertSentTwiceAsync(connection, id);
    }

    /// <summary>A customer whom Ometria has seen, so that the next push is the next event's.</summary>
    private async Task<(TestConnection Connection, long SubscriptionId)> AddCustomerAsync()
    {
        var connection = await fixture.AddConnectionAsync();
        var id = HookBody.NewId();
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, Today)));
        await connection.WaitForEventsOfAsync(id, 1);
        await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["sent"]! == 1);
        return (connection, id);
    }

    /// <summary>Spoils the next push, once no other test's can be the next.</summary>
    private async Task<FaultRule> NextPushAsync(Fault fault)
    {
        await Connection.WaitForAsync(status => (long)status["counters"]!["events"]!["waiting"]! == 0);
        return fixture.Sandbox.Faults.Ometria.Next(fault, where: call => call.Path.EndsWith("/push", StringComparison.Ordinal));
    }

    /// <summary>Nobody can know whether Ometria took what it did not answer; the same id lets it see that it is the same event.</summary>
    private static async Task AssertSentTwiceAsync(TestConnection connection, long id)
    {
        await connection.WaitForEventsOfAsync(id, 3);
        var status = await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["waiting"]! == 0);
        Assert.Equal(3, connection.Ometria.Events.Count);
        Assert.Equal(2, connection.Ometria.TimesAccepted(connection.Ometria.Events[1].Id));
        // It is counted and can be seen.
        Assert.Equal(1, (long)status["counters"]!["events"]!["repeated"]!);
    }

    private Task<int> PostAsync(Signed signed) => Connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), Today), signed);
}
