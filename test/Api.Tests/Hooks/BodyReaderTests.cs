using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RechargeGrains.Api.Hooks;

namespace RechargeGrains.Api.Tests.Hooks;

public sealed class BodyReaderTests
{
    private const int Limit = 10_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(4_096, true)]
    [InlineData(4_097, true)]
    [InlineData(Limit, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(4_096, false)]
    [InlineData(4_097, false)]
    [InlineData(Limit, false)]
    public async Task A_body_up_to_the_limit_is_read_byte_for_byte(int length, bool tellsLength)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        var read = await ReadAsync(new MemoryStream(bytes), tellsLength ? length : null);

        Assert.Equal(bytes, read!.Value.ToArray());
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(3 * Limit)]
    public async Task A_body_above_the_limit_is_not_read(int length)
    {
        Assert.Null(await ReadAsync(new MemoryStream(new byte[length]), null));
        Assert.Null(await ReadAsync(Stream.Null, length));
    }

    [Fact]
    public async Task Reading_stops_soon_after_the_limit()
    {
        var endless = new MemoryStream(new byte[100 * Limit]);

        Assert.Null(await ReadAsync(endless, null));

        Assert.InRange(endless.Position, Limit + 1, 2 * Limit);
    }

    [Fact]
    public async Task Bodies_take_room_while_they_are_in_use_and_what_does_not_fit_is_turned_away()
    {
        var budget = Budget(20_000);
        var first = new BodyReader(budget);
        Assert.NotNull(await first.ReadAsync(RequestOf(new MemoryStream(new byte[Limit]), null), Limit, TestContext.Current.CancellationToken));
        Assert.InRange(budget.Taken, Limit, 20_000);

        using (var second = new BodyReader(budget))
            await Assert.ThrowsAsync<BodyBudgetException>(() => second.ReadAsync(RequestOf(new MemoryStream(new byte[Limit]), null), Limit, TestContext.Current.CancellationToken));
        first.Dispose();
        Assert.Equal(0, budget.Taken);
    }

    private static BodyBudget Budget(long most) => new(Options.Create(new HookOptions { MaxBytesAtOnce = most }));

    private static HttpRequest RequestOf(Stream body, long? contentLength)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        context.Request.ContentLength = contentLength;
        return context.Request;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, long? contentLength)
    {
        using var reader = new BodyReader(Budget(1_000_000));
        return await reader.ReadAsync(RequestOf(body, contentLength), Limit, TestContext.Current.CancellationToken);
    }
}
