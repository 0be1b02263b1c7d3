using System.Collections.Concurrent;

namespace RechargeGrains.Api.Tests.Limits;

public sealed class ApiRateTests(LimitFixture fixture) : IClassFixture<LimitFixture>
{
    [Fact]
    public async Task A_tenant_that_calls_too_often_is_told_to_wait_and_nobody_else_is()
    {
        var tenant = await fixture.AddTenantAsync();
        var other = await fixture.AddTenantAsync();
        var member = await tenant.AddMemberAsync();

        var answers = new ConcurrentBag<HttpResponseMessage>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 20 * LimitFixture.CallsPerSecond),
            new ParallelOptions { MaxDegreeOfParallelism = 40, CancellationToken = TestContext.Current.CancellationToken },
            async (number, stopping) => answers.Add(
                await (number % 2 == 0 ? tenant.Administrator : member).Http.GetAsync(new Uri(tenant.Path, UriKind.Relative), stopping)));

        var refused = answers.Where(answer => (int)answer.StatusCode == 429).ToList();
        Assert.InRange(answers.Count(answer => (int)answer.StatusCode == 200), 10 * LimitFixture.CallsPerSecond - 1, 20 * LimitFixture.CallsPerSecond - 1);
        Assert.NotEmpty(refused);
        var body = JsonNode.Parse(await refused[0].Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("too_many_requests", "application/problem+json"), ((string?)body["code"], refused[0].Content.Headers.ContentType?.MediaType));
        Assert.InRange(refused[0].Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        (await other.Administrator.GetAsync(other.Path)).Expect(200);
        (await fixture.Operator.GetAsync(tenant.Path)).Expect(200);
        while ((await tenant.Administrator.GetAsync(tenant.Path)).Status is not 200 and var status)
        {
            Assert.Equal(429, status);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
