using System.Collections.Concurrent;
using RechargeGrains.Sandbox.Hostile;

namespace RechargeGrains.Api.Tests.Hostile;

/// <summary>
/// The running program among people who mean it no good: never a failure, never "try again" for what a body holds, never a hang, and
/// whatever was taken can be read, also after a kill.
/// </summary>
public sealed class HostileInputTests(HostileFixture fixture) : IClassFixture<HostileFixture>
{
    private const int SideBySide = 8;
    private const int Customers = 20;

    /// <summary>Of the bodies of the corpus each fifth: the parser's own tests have all of them.</summary>
    private const int Stride = 5;

    private static readonly string Signature = new('a', 64);

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    private TestClient Administrator => fixture.Connection.Tenant.Administrator;

    [Fact]
    public async Task Whatever_a_signed_body_holds_it_is_taken_and_all_of_it_can_be_read_after_a_kill()
    {
        // A few customers get it all, so that each has to live with many spoilt subscriptions.
        var ids = Enumerable.Range(0, Customers).Select(_ => HookBody.NewId()).ToList();
        var bodies = ids.SelectMany((id, at) => HostileBodies.Fields(id + 1_000, id).Where((_, number) => number % (Stride * Customers) == Stride * at))
            .Concat(HostileBodies.Truncations(ids[0] + 1_000, ids[0]))
            .Concat(HostileBodies.Wholes(ids[1] + 1_000, ids[1]))
            .ToList();
        var odd = new ConcurrentBag<(int Status, string Body)>();

        await ForEachAsync(bodies, async hostile =>
        {
            if (await fixture.PostHookAsync(hostile.Topic, hostile.Body) is not 200 and var status)
                odd.Add((status, $"{hostile.Topic} {Convert.ToBase64String(hostile.Body.AsSpan(0, Math.Min(200, hostile.Body.Length)))}"));
        });

        Assert.Empty(odd);
        var before = await fixture.Connection.StatusAsync();
        await AssertAllSetAsideCanBeReadAsync((int)before["counters"]!["setAside"]!);
        Assert.True((long)before["counters"]!["setAside"]! > 100);
        await fixture.AssertWellAsync(ids);
        await fixture.KillAndStartAsync();
        await fixture.AssertWellAsync(ids);
        Assert.Equal((long)before["counters"]!["setAside"]!, (long)(await fixture.Connection.StatusAsync())["counters"]!["setAside"]!);
        Assert.Empty(fixture.Connection.Ometria.Violations);
    }

    [Fact]
    public async Task Odd_headers_are_refused_or_overlooked()
    {
        (string Name, string Value)[] headers =
        [
            ("X-Recharge-Webhook-Signature", ""), ("X-Recharge-Webhook-Signature", "t=,v1="), ("X-Recharge-Webhook-Signature", $"t=-1,v1={Signature}"),
            ("X-Recharge-Webhook-Signature", $"t=253402300800,v1={Signature}"), ("X-Recharge-Webhook-Signature", $"t=9223372036854775807,v1={Signature}"),
            ("X-Recharge-Webhook-Signature", $"t=1,t=2,v1={Signature},v1={Signature}"), ("X-Recharge-Webhook-Signature", new string(',', 20_000)),
            ("X-Recharge-Webhook-Signature", string.Join(',', Enumerable.Repeat($"v1={Signature}", 400))), ("X-Recharge-Hmac-Sha256", new string('z', 64)),
            ("X-Recharge-Hmac-Sha256", new string('a', 20_000)), ("X-Recharge-Hmac-Sha256", "é"), ("Authorization", "Bearer"), ("Authorization", $"Bearer {new string('x', 20_000)}"),
            ("Authorization", "Bearer rg...."), ("Authorization", "Basic AAAA"), ("Accept", "text/html"), ("Accept", "image/png;q=0"), ("Accept", ";;;,,,"),
            ("Content-Type", "text/xml"), ("Content-Type", "application/json; charset=utf-7"), ("Content-Type", "application/json; charset=\"\""), ("Content-Type", ";;;"), ("Content-Encoding", "gzip"),
            ("Transfer-Encoding", "gzip"), ("Host", ""), ("Host", "evil.test:99999"), ("X-Forwarded-For", new string('1', 5_000)), ("Cookie", new string('c', 9_000)),
            ("X-HTTP-Method-Override", "DELETE"), ("Range", "bytes=0-18446744073709551615"), ("If-Match", "\"\""), ("Expect", "the unexpected"), ("X-Large", new string('x', 40_000)),
        ];
        string[] paths = [new Uri(fixture.Hook).AbsolutePath + "/subscription/created", "/api/v1/tenants", "/nowhere"];
        foreach (var path in paths)
        {
            foreach (var (name, value) in headers)
            {
                var host = name == "Host" ? "" : "Host: localhost\r\n";
                var status = await SendAsync($"POST {path} HTTP/1.1\r\n{host}{name}: {value}\r\nContent-Length: 2\r\n\r\n{{}}");
                Assert.True(status is >= 400 and < 500, $"{path} {name}: {value[..Math.Min(40, value.Length)]} was answered {status}.");
            }
        }

        await fixture.AssertWellAsync();
    }

    [Fact]
    public async Task Broken_http_is_refused_or_hung_up_on()
    {
        var head = $"POST {new Uri(fixture.Hook).AbsolutePath}/subscription/created HTTP/1.1\r\nHost: localhost\r\n";
        string[] requests =
        [
            $"{head}Content-Length: -1\r\n\r\n{{}}", $"{head}Content-Length: 0\r\n\r\n{{}}", $"{head}Content-Length: 1\r\n\r\n{{}}", $"{head}Content-Length: 99\r\n\r\n{{}}",
            $"{head}Content-Length: 1000000\r\n\r\n{{}}", $"{head}Content-Length: 99999999999999999999\r\n\r\n{{}}", $"{head}Content-Length: two\r\n\r\n{{}}",
            $"{head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}", $"{head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", $"{head}\r\n{{}}",
            $"{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n", $"{head}Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{{}}", $"{head}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
            $"{head}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}", $"{head}Transfer-Encoding: chunked\r\n\r\n2;{new string('x', 10_000)}\r\n{{}}\r\n0\r\n\r\n", $"{head}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{{}}",
            $"{head}Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n", $"{head}no header at all\r\n\r\n", $"{head}X-Nul: a\0b\r\n\r\n", $"{head} folded: yes\r\n\r\n",
            "POST / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "GET\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02\0\x01", $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /health/live\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", "BREW /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n", $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 500))}\r\n",
        ];
        var odd = new ConcurrentBag<string>();

        await ForEachAsync(requests, async request =>
        {
            // 505 is the right answer to a version that does not exist; whether it gets out before the connection closes is a race.
            // The sending side is closed behind it, or the product would wait for the rest as long as it lets any slow sender.
            if (await SendAsync(request, endSending: true) is var status and not (0 or (>= 400 and < 500) or 505))
                odd.Add($"{status}: {request[..Math.Min(300, request.Length)]}");
        });

        Assert.Empty(odd);
        await fixture.AssertWellAsync();
    }

    [Fact]
    public async Task A_sender_that_stalls_in_the_middle_of_a_body_is_not_waited_for_forever()
    {
        var head = $"POST {new Uri(fixture.Hook).AbsolutePath}/subscription/created HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n";

        var status = await SendAsync($"{head}{{");

        Assert.Equal(408, status);
    }

    [Fact]
    public async Task Odd_addresses_are_answered_with_an_error_of_their_own()
    {
        string[] odd =
        [
            "%00", "%ff", "%ff%fe", "%ed%a0%80", "%", "%zz", "..%2f..%2f", "..", ".", "%2e%2e", "%20", "+", "%0d%0aX-Evil:1", "%F0%9F%A7%A8", "%E2%80%AE", "'", "\"", "<a>", "{}", "-1", "0",
            "9223372036854775808", new string('9', 400), new string('a', 3_000), "con_", "null", "*", ";a=b", "a/b",
        ];
        var connection = fixture.Connection.Path;
        var hook = new Uri(fixture.Hook).AbsolutePath;
        var paths = odd.SelectMany(part => new[]
        {
            $"GET /api/v1/tenants/{part}", $"GET {connection}/../{part}", $"GET {fixture.Connection.Tenant.Path}/connections/{part}", $"GET {connection}/customers?rechargeId={part}",
            $"GET {connection}/customers?email={part}", $"GET {connection}/customers?email={part}&email={part}&rechargeId=", $"GET {connection}/deliveries?cursor={part}",
            $"GET {connection}/deliveries?cursor=20260309.{part}", $"GET {connection}/deliveries?status={part}", $"GET {connection}/deliveries?type={part}&email={part}",
            $"GET {connection}/deliveries?from={part}", $"GET {connection}/deliveries?to={part}", $"DELETE {fixture.Connection.Tenant.Path}/tokens/{part}",
            $"PUT {fixture.Connection.Tenant.Path}/accounts/{part}", $"POST {fixture.Connection.Tenant.Path}/connections/{part}/sync", $"POST /hooks/recharge/{part}/subscription/created",
            $"GET {connection}/set-aside/{part}", $"GET {connection}/set-aside?cursor={part}", $"DELETE {connection}/set-aside/{part}x", $"POST {connection}/set-aside/{part}x/replay",
            $"POST {hook}/{part}/created", $"POST {hook}/subscription/{part}", $"POST {hook}/{part}/{part}", $"GET /{part}", $"GET /openapi/{part}.json",
        }).Concat(
        [
            $"GET {connection}/deliveries?from=0001-01-01", $"GET {connection}/deliveries?from=2000-01-01&to=2000-01-02", $"GET {connection}/deliveries?to=9999-12-31T23:59:59Z",
            $"GET {connection}/deliveries?from=9999-12-31T23:59:59-14:00", $"GET {connection}/deliveries?cursor=00010101", $"GET {connection}/deliveries?cursor=99991231.9223372036854775807",
            $"GET {connection}/deliveries?cursor=00010101.0&from=2000-01-01", $"GET {connection}/deliveries?{string.Join('&', Enumerable.Range(0, 1_500).Select(i => $"a{i}"))}",
            $"GET {connection}/customers?rechargeId=9223372036854775807", $"GET {connection}/customers?rechargeId=0",
        ]);
        var wrong = new ConcurrentBag<string>();

        await ForEachAsync(paths, async path =>
        {
            var status = await SendAsync($"{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Administrator.Token}\r\nContent-Length: 0\r\n\r\n");
            // The start page leads on to the one that is somebody's own.
            if (status is not (200 or 302 or (>= 400 and < 500)))
                wrong.Add($"{status}: {path[..Math.Min(200, path.Length)]}");
        });

        Assert.Empty(wrong);
        await fixture.AssertWellAsync();
    }

    [Fact]
    public async Task Wrong_bodies_of_the_api_are_answered_by_field_and_what_is_taken_can_be_read()
    {
        var tenant = fixture.Connection.Tenant;
        (HttpMethod Method, string Path, string[] Fields, string Good)[] routes =
        [
            (HttpMethod.Post, "/api/v1/tenants", ["tenantId", "name"], "\"tenantId\":\"tenant-1\",\"name\":\"x\""),
            (HttpMethod.Put, $"{tenant.Path}/enablement", ["recharge", "customEvents"], "\"recharge\":\"perhaps\""),
            (HttpMethod.Post, $"{tenant.Path}/tokens", ["name", "role"], "\"name\":\"x\",\"role\":\"member\""),
            (HttpMethod.Post, $"{tenant.Path}/accounts", ["kind", "name", "apiKey", "clientSecret"], "\"kind\":\"recharge\",\"name\":\"Main\",\"apiKey\":\"k\""),
            (HttpMethod.Put, $"{tenant.Path}/accounts/{fixture.Connection.OmetriaAccountId}", ["apiKey", "clientSecret"], "\"name\":\"x\""),
            (
                HttpMethod.Post,
                $"{tenant.Path}/connections",
                ["ometriaAccountId", "rechargeAccountId", "customersStartDate", "customEvents", "upcomingChargeDays", "lateEvents", "eventTypes"],
                "\"ometriaAccountId\":\"a\""),
        ];
        var requests = routes.SelectMany(route => HostileValues.All().Where(value => value.Length < 30_000).SelectMany((value, number) =>
        {
            var field = Encoding.UTF8.GetBytes($"{{{route.Good},\"{route.Fields[number % route.Fields.Length]}\":");
            return new (HttpMethod Method, string Path, byte[] Body)[] { (route.Method, route.Path, value), (route.Method, route.Path, [.. field, .. value, .. "}"u8]) };
        })).Concat(routes.SelectMany(route => new (HttpMethod Method, string Path, byte[] Body)[]
        {
            (route.Method, route.Path, new byte[300_000]), (route.Method, route.Path, Encoding.Unicode.GetBytes("{\"name\":\"x\"}")), (route.Method, route.Path, [.. "{\""u8, 0xff, .. "\":1}"u8]),
            (route.Method, route.Path, Encoding.UTF8.GetBytes($"{{\"{new string('k', 200_000)}\":{{}},\"name\":{{}}}}")), (route.Method, route.Path, Encoding.UTF8.GetBytes($"{{\"eventTypes\":{{\"{new string('k', 9_000)}\":7}}}}")),
        }));
        var wrong = new ConcurrentBag<string>();

        await ForEachAsync(requests, async request =>
        {
            foreach (var chunked in new[] { false, true })
            {
                using var answer = await SendAsync(request.Method, request.Path, request.Body, chunked);
                var body = await answer.Content.ReadAsStringAsync(Stopping);
                var isFine = (int)answer.StatusCode is 200 or 201 || ((int)answer.StatusCode is >= 400 and < 500 && body.Contains("\"code\":", StringComparison.Ordinal));
                if (!isFine)
                    wrong.Add($"{request.Method} {request.Path} {(int)answer.StatusCode}: {Encoding.UTF8.GetString(request.Body.AsSpan(0, Math.Min(120, request.Body.Length)))}");
            }
        });

        Assert.Empty(wrong);
        await fixture.KillAndStartAsync();
        await fixture.AssertWellAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[] body, bool chunked)
    {
        for (var tries = 1; ; tries++)
        {
            using var message = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            message.Headers.TransferEncodingChunked = chunked;
            try
            {
                return await fixture.Operator.Http.SendAsync(message, Stopping);
            }
            catch (HttpRequestException failure) when (failure.InnerException is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } && tries < 3)
            {
                // After a body that is too large the server closes the connection, which this request had just taken for another one.
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_the_api_is_held_to_its_limit_with_or_without_a_length(bool chunked)
    {
        // Valid but for its size.
        var body = "{\"tenantId\":\"too-large\",\"name\":\"x\"}".PadRight(300_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tenants") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await fixture.Operator.Http.SendAsync(request, Stopping);

        Assert.Equal(413, (int)answer.StatusCode);
        (await fixture.Operator.GetAsync("/api/v1/tenants/too-large")).Expect(404);
    }

    [Fact]
    public async Task Many_large_bodies_take_no_memory_that_stays()
    {
        const int Size = 1_000_000;
        var large = Encoding.UTF8.GetBytes($$"""{"charge":{"id":1,"note":"{{new string('x', Size)}}"} }""");
        async Task SendAsync(int count) => await ForEachAsync(Enumerable.Range(0, count), async number =>
        {
            // Half of them are signed and not needed, half are forged.
            var status = number % 2 == 0
                ? await fixture.PostHookAsync("charge/paid", large)
                : await fixture.Connection.PostHookAsync("charge/paid", large, Signed.Not);
            Assert.Equal(number % 2 == 0 ? 200 : 401, status);
        });
        // As many before as after: what the collector leaves lying about does not grow from one round to the next.
        await SendAsync(300);
        var before = fixture.Product.WorkingSet;

        await SendAsync(300);

        Assert.InRange(fixture.Product.WorkingSet - before, long.MinValue, 200L * Size);
    }

    private async Task AssertAllSetAsideCanBeReadAsync(int count)
    {
        var path = $"{fixture.Connection.Path}/set-aside";
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Administrator.GetAsync(cursor is null ? path : $"{path}?cursor={cursor}")).Expect(200);
            ids.AddRange(page.Body!["bodies"]!.AsArray().Select(body => (string)body!["id"]!));
            cursor = page.Field("nextCursor");
        }
        while (cursor is not null);
        Assert.Equal(count, ids.Distinct().Count());
        await ForEachAsync(ids, async id => Assert.NotNull((await Administrator.GetAsync($"{path}/{id}")).Expect(200).Field("base64")));
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> act) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = Stopping }, async (item, _) => await act(item));

    private Task<int> SendAsync(string request, bool endSending = false) =>
        RawRequest.SendAsync(fixture.Product.Address, Encoding.Latin1.GetBytes(request), endSending);
}
