using System.Net;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class PushAnswerTests
{
    [Fact]
    public void What_is_documented_is_read()
    {
        var result = Read("""{"status":"OK","request_id":"7b1e","accepted":97,"rejected":3}""");
        Assert.Equal((PushOutcome.Accepted, "7b1e", 3), (result.Outcome, result.RequestId, result.Rejected));
        Assert.Empty(result.RejectedIds);
        Assert.False(result.MayHaveArrived);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"request_id":17,"rejected":"2","rejected_items":7}""")]
    [InlineData("""{"request_id":null,"rejected":null,"rejected_items":null}""")]
    [InlineData("""{"rejected":{"count":1}}""")]
    public void An_answer_that_leaves_things_out_or_spells_them_otherwise_still_is_one(string body) =>
        Assert.Equal(PushOutcome.Accepted, Read(body).Outcome);

    [Theory]
    [InlineData("""["a","b"]""", "a b")]
    [InlineData("""[{"id":"a"},{"record_id":"b"},{"id":17},{"other":1},null,[1]]""", "a b 17")]
    public void Rejected_records_are_known_by_whatever_names_them(string items, string ids) =>
        Assert.Equal(ids.Split(' '), Read($$"""{"rejected":2,"rejected_items":{{items}}}""").RejectedIds);

    [Theory]
    [InlineData("<html><body>upstream connect error</body></html>")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("\"OK\"")]
    [InlineData("""{"request_id":"7b""")]
    [InlineData("""{"request_id":"\ud800"}""")]
    public void A_2xx_that_is_not_Ometrias_is_no_acceptance_and_may_be_one(string body)
    {
        var result = Read(body);
        Assert.Equal((PushOutcome.Unavailable, true), (result.Outcome, result.MayHaveArrived));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, PushOutcome.Throttled, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, PushOutcome.Unavailable, false)]
    [InlineData(HttpStatusCode.BadGateway, PushOutcome.Unavailable, true)]
    [InlineData(HttpStatusCode.GatewayTimeout, PushOutcome.Unavailable, true)]
    [InlineData(HttpStatusCode.Unauthorized, PushOutcome.KeyRefused, false)]
    [InlineData(HttpStatusCode.UnprocessableEntity, PushOutcome.BadBatch, false)]
    public void Statuses_say_what_is_done_next(HttpStatusCode status, PushOutcome outcome, bool mayHaveArrived)
    {
        var result = PushAnswer.Read(status, "words", null, 5);
        Assert.Equal((outcome, mayHaveArrived, "words"), (result.Outcome, result.MayHaveArrived, result.Detail));
    }

    [Fact]
    public void A_wait_is_taken_over_up_to_a_bound()
    {
        Assert.Equal(TimeSpan.FromSeconds(40), PushAnswer.Read(HttpStatusCode.TooManyRequests, "", TimeSpan.FromSeconds(40), 1).RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(15), PushAnswer.Read(HttpStatusCode.TooManyRequests, "", TimeSpan.FromDays(400), 1).RetryAfter);
    }

    [Fact]
    public void Words_are_cut_between_characters() =>
        Assert.Equal(499, PushAnswer.Read(HttpStatusCode.BadRequest, new string('x', 499) + "\ud83d\ude00 and more", null, 1).Detail!.Length);

    [Fact]
    public void More_rejected_than_pushed_is_all_of_them() => Assert.Equal(5, Read("""{"rejected":900}""").Rejected);

    private static PushResult Read(string body) => PushAnswer.Read(HttpStatusCode.Accepted, body, null, 5);
}
