using System.Text.Json;

namespace RechargeGrains.Sandbox.Tests;

public sealed class PagingTests : SandboxTest
{
    [Theory]
    [InlineData("id-asc")]
    [InlineData("id-desc")]
    [InlineData("updated_at-asc")]
    [InlineData("created_at-desc")]
    public async Task Cursors_walk_every_row_once_in_order(string sortBy)
    {
        var host = await StartAsync(options => options.Customers = 53);

        var rows = new List<JsonElement>();
        var page = await GetAsync(host, $"/customers?limit=10&sort_by={sortBy}");
        Assert.Equal(JsonValueKind.Null, page.GetProperty("previous_cursor").ValueKind);
        while (true)
        {
            rows.AddRange(page.GetProperty("customers").EnumerateArray());
            if (page.GetProperty("next_cursor").GetString() is not { } cursor)
                break;
            page = await GetAsync(host, $"/customers?limit=10&cursor={cursor}");
        }

        Assert.Equal(53, rows.Select(row => row.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.Equal(53, rows.Count);
        var field = sortBy[..sortBy.LastIndexOf('-')];
        var keys = rows.Select(row => row.GetProperty(field).ToString()).ToArray();
        var sorted = sortBy.EndsWith("asc", StringComparison.Ordinal) ? keys.Order(StringComparer.Ordinal) : keys.OrderDescending(StringComparer.Ordinal);
        Assert.Equal(sorted, keys);
    }

    [Fact]
    public async Task The_previous_cursor_leads_back()
    {
        var host = await StartAsync();
        var first = await GetAsync(host, "/customers?limit=5");
        var second = await GetAsync(host, $"/customers?limit=5&cursor={first.GetProperty("next_cursor").GetString()}");

        var back = await GetAsync(host, $"/customers?limit=5&cursor={second.GetProperty("previous_cursor").GetString()}");

        Assert.Equal(first.GetProperty("customers").ToString(), back.GetProperty("customers").ToString());
        Assert.Equal(JsonValueKind.Null, back.GetProperty("previous_cursor").ValueKind);
        Assert.Equal(JsonValueKind.String, back.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Rows_added_on_top_do_not_shift_what_follows()
    {
        var host = await StartAsync();
        var first = await GetAsync(host, "/customers?limit=10");
        host.Store.AddCustomer();

        var second = await GetAsync(host, $"/customers?limit=10&cursor={first.GetProperty("next_cursor").GetString()}");

        var last = first.GetProperty("customers")[9].GetProperty("id").GetInt64();
        Assert.Equal(last - 1, second.GetProperty("customers")[0].GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData("status=active")]
    [InlineData("sort_by=id-asc")]
    [InlineData("include=customer")]
    [InlineData("updated_at_min=2026-01-01")]
    public async Task Anything_but_limit_beside_a_cursor_is_422(string extra)
    {
        var host = await StartAsync();
        var cursor = (await GetAsync(host, "/subscriptions?limit=5")).GetProperty("next_cursor").GetString();

        Assert.Equal(422, (await RefusedAsync(host, $"/subscriptions?cursor={cursor}&{extra}")).Status);
    }

    [Fact]
    public async Task A_bad_cursor_or_one_of_another_resource_is_422()
    {
        var host = await StartAsync();
        var foreign = (await GetAsync(host, "/customers?limit=5")).GetProperty("next_cursor").GetString();

        Assert.Equal((422, """{"errors":{"cursor":["Invalid value"]}}"""), await RefusedAsync(host, "/subscriptions?cursor=nonsense"));
        Assert.Equal(422, (await RefusedAsync(host, $"/subscriptions?cursor={foreign}")).Status);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=251")]
    [InlineData("limit=ten")]
    [InlineData("sort_by=email-asc")]
    public async Task Limits_and_orders_have_bounds(string query)
    {
        var host = await StartAsync();

        Assert.Equal(422, (await RefusedAsync(host, $"/customers?{query}")).Status);
    }

    [Fact]
    public async Task Fifty_rows_come_unless_asked_otherwise_and_an_empty_list_has_no_cursors()
    {
        var host = await StartAsync(options => options.Customers = 60);

        Assert.Equal(50, (await GetAsync(host, "/customers")).GetProperty("customers").GetArrayLength());
        var empty = await GetAsync(host, "/customers?email=nobody%40example.test");
        Assert.Equal("""{"next_cursor":null,"previous_cursor":null,"customers":[]}""", empty.GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_included_on_the_first_page_comes_on_the_next_ones_if_so_configured(bool included)
    {
        var host = await StartAsync(options => options.IncludeSubscriptionsOnCursorPages = included);

        var first = await GetAsync(host, "/customers?limit=5&include=subscriptions");
        var second = await GetAsync(host, $"/customers?limit=5&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.True(first.GetProperty("customers")[0].GetProperty("include").TryGetProperty("subscriptions", out _));
        Assert.Equal(included, second.GetProperty("customers")[0].TryGetProperty("include", out _));
    }
}
