using System.Text;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Tests.Outbox;

public sealed class PushErrorRulesTests
{
    private static readonly PushError Nameless = new() { Message = "not a valid value", Path = "root > firstname" };
    private static readonly PushError Named = new() { Message = "not a valid value", Path = "root > email", RecordType = "contact", RecordId = "70010" };

    [Fact]
    public void An_error_that_was_there_before_is_not_fresh_and_equal_ones_are_counted()
    {
        var seen = new[] { Nameless, Named }.Select(PushErrorRules.LineOf).ToList();
        Assert.Empty(PushErrorRules.Fresh([Named, Nameless], seen));
        Assert.Equal([Nameless], PushErrorRules.Fresh([Nameless, Nameless, Named], seen));
        Assert.Equal([Named with { RequestId = "2" }], PushErrorRules.Fresh([Named with { RequestId = "2" }, Nameless], seen));
    }

    [Fact]
    public void What_is_remembered_of_an_error_shows_nothing_of_it() => Assert.DoesNotContain("70010", PushErrorRules.LineOf(Named), StringComparison.Ordinal);

    [Fact]
    public void A_contact_is_ours_by_its_collection_and_its_id()
    {
        Assert.Equal(70010, PushErrorRules.ContactOf(Named));
        Assert.Equal(70010, PushErrorRules.ContactOf(Named with { Collection = "recharge" }));
        Assert.Null(PushErrorRules.ContactOf(Named with { Collection = "shopify" }));
        Assert.Null(PushErrorRules.ContactOf(Named with { RecordType = "order" }));
        Assert.Null(PushErrorRules.ContactOf(Named with { RecordId = "abc" }));
    }

    [Theory]
    [InlineData("root > properties > price", true)]
    [InlineData("root > id", true)]
    [InlineData("root", true)]
    [InlineData("root > firstname", false)]
    [InlineData("root > id > more", false)]
    [InlineData("somewhere", false)]
    [InlineData(null, false)]
    public void A_path_tells_whether_a_record_can_be_meant(string? path, bool expected) =>
        Assert.Equal(expected, PushErrorRules.HasPath(Encoding.UTF8.GetBytes("""{"id":"a","properties":{"price":1}}"""), path));
}
