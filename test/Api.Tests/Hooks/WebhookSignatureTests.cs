using Product = RechargeGrains.Grains.Recharge.Webhooks.WebhookSignature;

namespace RechargeGrains.Api.Tests.Hooks;

/// <summary>The signatures by fixed vectors, computed apart from the product and from the sandbox.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "rc_client_secret_example_0001";
    private const string Subscription = """{"subscription":{"id":900100200,"status":"active","customer_id":700100200}}""";
    private const string SubscriptionLegacy = "45b1eb3d42c8d42d6c1b550a9e9fa1749e343b8390bdaa94ee1fde0045d7dfca";
    private const string SubscriptionV1 = "bb0969b901b7abff98cb2b151c2f5146fe6ea2a62f5e5056240cf40802307955";
    private const string Customer = """{"customer":{"id":700100201,"first_name":"Zoë","email":"zoe@example.test"}}""";
    private const string CustomerLegacy = "1f9cb9a9cb172aad32a5186fadb18db1ecc052aeba32fec60907a88fa6857ea1";
    private const string CustomerV1 = "5b9dc58b34a3db31b15772192c2e443618dd2e56fd5895e763d399dc50dc0b45";

    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    [Theory]
    [InlineData(Subscription, SubscriptionV1, SubscriptionLegacy)]
    [InlineData(Customer, CustomerV1, CustomerLegacy)]
    public void The_vectors_hold_for_either_scheme(string body, string v1, string legacy)
    {
        Assert.True(IsValid($"t=1790000000,v1={v1}", null, body));
        Assert.True(IsValid(null, legacy, body));
        Assert.True(IsValid($"t=1790000000,v1={v1}", legacy, body));
    }

    [Theory]
    [InlineData("712098f7a541820693c2a821b81be18450d031800a034837a82f61063b8bc1ec")]
    [InlineData(CustomerLegacy)]
    [InlineData(SubscriptionV1)]
    [InlineData("")]
    [InlineData("45b1eb3d")]
    public void A_digest_of_another_kind_is_no_legacy_signature(string legacy) => Assert.False(IsValid(null, legacy, Subscription));

    [Theory]
    [InlineData("t=1790000001,v1=" + SubscriptionV1)]
    [InlineData("t=1790000000,v1=" + SubscriptionLegacy)]
    [InlineData("t=1790000000,v2=" + SubscriptionV1)]
    [InlineData("t=1790000000")]
    [InlineData("v1=" + SubscriptionV1)]
    [InlineData("")]
    public void The_newer_header_is_not_saved_by_a_right_legacy_one(string signature) =>
        Assert.False(IsValid(signature, SubscriptionLegacy, Subscription));

    [Theory]
    [InlineData("t=1790000000, v1=" + SubscriptionV1)]
    [InlineData("v1=" + SubscriptionV1 + ",t=1790000000")]
    [InlineData("t=1790000000,v2=00,v1=" + SubscriptionV1)]
    [InlineData("t=1790000000,v1=" + SubscriptionLegacy + ",v1=" + SubscriptionV1)]
    public void Order_spaces_and_schemes_to_come_do_not_matter(string signature) => Assert.True(IsValid(signature, null, Subscription));

    [Theory]
    [InlineData(48 * 3_600, true)]
    [InlineData(-48 * 3_600, true)]
    [InlineData((48 * 3_600) + 1, false)]
    [InlineData((-48 * 3_600) - 1, false)]
    public void A_signature_is_good_for_48_hours(int seconds, bool expected) =>
        Assert.Equal(expected, Product.IsValid($"t=1790000000,v1={SubscriptionV1}", null, Encoding.UTF8.GetBytes(Subscription), [Secret], SignedAt.AddSeconds(seconds)));

    [Fact]
    public void One_changed_byte_breaks_either_signature()
    {
        Assert.False(IsValid($"t=1790000000,v1={SubscriptionV1}", null, Subscription + " "));
        Assert.False(IsValid(null, SubscriptionLegacy, Subscription + " "));
    }

    [Fact]
    public void Any_of_several_secrets_may_have_signed_and_none_is_not_enough()
    {
        var body = Encoding.UTF8.GetBytes(Subscription);

        Assert.True(Product.IsValid(null, SubscriptionLegacy, body, ["another", Secret], SignedAt));
        Assert.False(Product.IsValid(null, SubscriptionLegacy, body, ["another"], SignedAt));
        Assert.False(Product.IsValid(null, SubscriptionLegacy, body, [], SignedAt));
        Assert.False(Product.IsValid(null, null, body, [Secret], SignedAt));
    }

    private static bool IsValid(string? signature, string? legacy, string body) =>
        Product.IsValid(signature, legacy, Encoding.UTF8.GetBytes(body), [Secret], SignedAt);
}
