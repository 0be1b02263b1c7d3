using RechargeGrains.Grains.Ometria;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class PushErrorReaderTests
{
    [Fact]
    public void The_shape_without_ids_is_read() => Assert.Equal(
        [new PushError { Message = "not a valid value", Path = "root > firstname" }],
        PushErrorReader.Read("""[{"error_message":"not a valid value","error_path":"root > firstname"}]"""));

    [Fact]
    public void The_shape_with_ids_is_read_and_the_record_itself_is_left_out()
    {
        var error = Assert.Single(PushErrorReader.Read("""
            [{"request_id":"7b1e","record_type":"contact","record_id":70010,"record":{"@collection":"recharge","email":"ines@example.test"},
              "timestamp":"2026-03-09T14:05:00+00:00","message":{"error_message":"not a valid value","error_path":"root > email"}}]
            """)!);
        Assert.Equal(
            new PushError
            {
                Message = "not a valid value",
                Path = "root > email",
                RequestId = "7b1e",
                RecordType = "contact",
                RecordId = "70010",
                Timestamp = "2026-03-09T14:05:00+00:00",
                Collection = "recharge",
            },
            error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""[{"error_message":"\ud800"}]""")]
    public void What_is_no_list_is_not_an_empty_one(string json) => Assert.Null(PushErrorReader.Read(json));

    [Theory]
    [InlineData("[]")]
    [InlineData("""[17,null,[],{},{"message":"text"},{"error_message":{}}]""")]
    public void What_is_no_error_is_skipped(string json) => Assert.Empty(PushErrorReader.Read(json)!);

    [Fact]
    public void There_are_never_more_than_a_hundred() =>
        Assert.Equal(100, PushErrorReader.Read($"[{string.Join(',', Enumerable.Repeat("""{"error_message":"x"}""", 250))}]")!.Count);
}
