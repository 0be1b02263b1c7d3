namespace RechargeGrains.Api.Tests.Security;

/// <summary>What a log and a stolen database show: nobody's address, and no key.</summary>
public abstract class SecrecyTests(ProductFixture fixture)
{
    /// <summary>What a thief of the database has, once the program has stopped.</summary>
    protected abstract Task<IReadOnlyList<byte[]>> StealAsync();

    [Fact]
    public async Task Neither_the_log_nor_the_database_holds_an_address_or_a_key()
    {
        var stopping = TestContext.Current.CancellationToken;
        var store = fixture.Sandbox.Store;
        var customer = store.AddCustomer("very.private@example.test");
        var subscription = store.CreateSubscription(customer.Id, new NewSubscription { NextChargeOn = store.Today.AddDays(2) });
        var connection = await fixture.AddConnectionAsync();
        var tenant = connection.Tenant;
        var hookKey = connection.Registrations[0].Address.Split('/')[5];

        // Good, bad and failing ways: what is logged is mostly what went wrong.
        store.Cancel(subscription.Id);
        await connection.WaitForEventsOfAsync(subscription.Id, 1);
        Assert.Equal(401, await connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow), Signed.Not));
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", "{\"subscription\":{\"email\":\"set.aside@example.test\"}}"));
        Assert.Equal(200, await connection.PostHookAsync("customer/updated", "{\"customer\":{\"email\":\"set.aside@example.test\",\"id\":"));
        (await tenant.AddRechargeAsync("sk_refused_recharge_key", "Second")).Expect(422);
        (await tenant.AddOmetriaAsync("refused_ometria_key", "Second")).Expect(422);
        (await tenant.Administrator.GetAsync($"{connection.Path}/customers?email=very.private%40example.test")).Expect(200);
        (await tenant.Administrator.GetAsync($"{connection.Path}/deliveries?email=very.private%40example.test")).Expect(200);
        fixture.Sandbox.Faults.Ometria.Next(Fault.Reset, 2);
        fixture.Sandbox.Faults.Recharge.Next(Fault.Status(500, "very.private@example.test"), 2);
        await connection.SyncAsync();
        fixture.Sandbox.Tokens.Revoke(tenant.RechargeToken);
        fixture.Sandbox.OmetriaAccounts.RevokeKey(tenant.OmetriaKey);
        var last = HookBody.NewId();
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(last, DateTimeOffset.UtcNow)));
        await connection.WaitForAsync(status => (string?)status["state"] == "needs_attention");

        Assert.Equal(0, await fixture.Product.StopAsync());
        string[] secrets =
        [
            "very.private", "set.aside", HookBody.EmailOf(last), "example.test",
            tenant.RechargeToken, tenant.OmetriaKey, tenant.ClientSecret, hookKey,
            "sk_refused_recharge_key", "refused_ometria_key",
            fixture.Product.Settings.OperatorToken, tenant.Administrator.Token!, tenant.Administrator.Token!.Split('.')[^1],
        ];
        var log = await File.ReadAllTextAsync(fixture.Product.LogFile, stopping);
        Assert.Contains(tenant.Id, log, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Split('\n'), line => secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        var loot = await StealAsync();
        Assert.NotEmpty(loot);
        foreach (var bytes in loot)
        {
            var (narrow, wide) = (Encoding.Latin1.GetString(bytes), Encoding.Unicode.GetString(bytes));
            Assert.DoesNotContain(secrets, secret => narrow.Contains(secret, StringComparison.OrdinalIgnoreCase) || wide.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }
}
