namespace RechargeGrains.Api.Tests.Accounts;

public sealed class KeyReplacementTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_refused_ometria_key_keeps_everything_until_it_is_replaced()
    {
        var connection = await fixture.AddConnectionAsync();
        var accounts = fixture.Sandbox.OmetriaAccounts;
        accounts.RevokeKey(connection.Tenant.OmetriaKey);
        var ids = Enumerable.Range(0, 5).Select(_ => HookBody.NewId()).ToList();
        foreach (var id in ids)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));

        var refused = await connection.WaitForAsync(status => (string?)status["state"] == "needs_attention");
        Assert.Contains(refused["problems"]!.AsArray(), problem => (string?)problem!["code"] == "ometria_key_refused");
        Assert.Equal(5, (long)refused["counters"]!["events"]!["waiting"]!);
        await fixture.KillAndStartAsync();
        Assert.Equal(5, (long)(await connection.StatusAsync())["counters"]!["events"]!["waiting"]!);

        var path = $"{connection.Tenant.Path}/accounts/{connection.OmetriaAccountId}";
        var wrong = (await connection.Tenant.Administrator.PutAsync(path, new { apiKey = "still_wrong" })).Expect(422);
        Assert.Equal("key_rejected", wrong.Code);
        accounts.AddKey("new_ometria_key_Zz11", connection.Ometria);
        var replaced = (await connection.Tenant.Administrator.PutAsync(path, new { apiKey = "new_ometria_key_Zz11" })).Expect(200);
        Assert.EndsWith("Zz11", replaced.Field("keyHint"), StringComparison.Ordinal);

        var healed = await connection.WaitForAsync(status => (string?)status["state"] == "active" && (long)status["counters"]!["events"]!["waiting"]! == 0);
        Assert.DoesNotContain(healed["problems"]!.AsArray(), problem => (string?)problem!["code"] == "ometria_key_refused");
        Assert.Equal(
            ids.Select(id => id.ToString(CultureInfo.InvariantCulture)),
            connection.Ometria.Events.Select(told => told.Text("subscription_id")!));
        Assert.Empty(connection.Ometria.Duplicates());
    }

    [Fact]
    public async Task A_replaced_recharge_key_registers_webhooks_anew_and_signs_with_the_new_secret()
    {
        var connection = await fixture.AddConnectionAsync();
        var topics = connection.Registrations.Select(registration => registration.Topic).Order().ToList();
        Assert.NotEmpty(connection.HookAddress);
        const string NewToken = "sk_replaced_token_Nn22";
        const string NewSecret = "replaced_secret_Ns33";
        fixture.Sandbox.Tokens.Add(NewToken, NewSecret);

        (await connection.Tenant.Administrator.PutAsync(
            $"{connection.Tenant.Path}/accounts/{connection.RechargeAccountId}", new { apiKey = NewToken, clientSecret = NewSecret })).Expect(200);

        IReadOnlyList<WebhookRegistration> Renewed() =>
            [.. fixture.Sandbox.Webhooks.Registrations.Where(registration => registration.Token.Value == NewToken)];
        await connection.WaitForAsync(_ => Renewed().Count == topics.Count);
        Assert.Equal(topics, Renewed().Select(registration => registration.Topic).Order());
        // The former token's are gone, so nothing is delivered by both.
        await connection.WaitForAsync(_ => connection.Registrations.Count == 0);
        var told = fixture.Sandbox.Store.CreateSubscription(fixture.Sandbox.Store.AddCustomer().Id);
        Assert.Single(await connection.WaitForEventsOfAsync(told.Id, 1));
        await fixture.Sandbox.Webhooks.DrainAsync(Patience.Short, TestContext.Current.CancellationToken);
        // The creation, the charge of its checkout and the one that is queued next.
        Assert.Equal(3, (long)(await connection.StatusAsync())["counters"]!["received"]!);
        // What the former token signed before is still under way for two days, so both secrets are good.
        var (byFormer, byNew) = (HookBody.NewId(), HookBody.NewId());
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(byFormer, DateTimeOffset.UtcNow)));
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(byNew, DateTimeOffset.UtcNow), Signed.Both(NewSecret)));
        Assert.Single(await connection.WaitForEventsOfAsync(byFormer, 1));
        Assert.Single(await connection.WaitForEventsOfAsync(byNew, 1));
    }

    [Fact]
    public async Task A_recharge_key_that_was_revoked_before_it_was_replaced_keeps_nothing_back()
    {
        var connection = await fixture.AddConnectionAsync();
        var store = fixture.Sandbox.Store;
        var topics = connection.Registrations.Count;
        const string NewToken = "sk_after_revocation_Rr44";
        fixture.Sandbox.Tokens.Revoke(connection.Registrations[0].Token.Value);
        fixture.Sandbox.Tokens.Add(NewToken, "secret_after_revocation");
        (await connection.Tenant.Administrator.PutAsync(
            $"{connection.Tenant.Path}/accounts/{connection.RechargeAccountId}", new { apiKey = NewToken, clientSecret = "secret_after_revocation" })).Expect(200);
        await connection.WaitForAsync(_ => fixture.Sandbox.Webhooks.Registrations.Count(registration => registration.Token.Value == NewToken) == topics);

        var subscription = store.CreateSubscription(store.AddCustomer().Id);
        Assert.Single(await connection.WaitForEventsOfAsync(subscription.Id, 1));
        Assert.Equal("active", (string?)(await connection.StatusAsync())["state"]);
    }
}
