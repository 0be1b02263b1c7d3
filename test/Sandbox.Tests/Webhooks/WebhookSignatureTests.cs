using System.Text;

namespace RechargeGrains.Sandbox.Tests;

public sealed class WebhookSignatureTests
{
    private const string Secret = "rc_client_secret_example_0001";
    private const long At = 1_790_000_000;
    private const string Plain = """{"subscription":{"id":900100200,"status":"active","customer_id":700100200}}""";
    private const string Accented = """{"customer":{"id":700100201,"first_name":"Zoë","email":"zoe@example.test"}}""";

    [Theory]
    [InlineData(Plain, "45b1eb3d42c8d42d6c1b550a9e9fa1749e343b8390bdaa94ee1fde0045d7dfca")]
    [InlineData(Accented, "1f9cb9a9cb172aad32a5186fadb18db1ecc052aeba32fec60907a88fa6857ea1")]
    public void The_legacy_digest_is_a_plain_hash_of_secret_and_body(string body, string expected) =>
        Assert.Equal(expected, WebhookSignature.Legacy(Secret, Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData(Plain, "bb0969b901b7abff98cb2b151c2f5146fe6ea2a62f5e5056240cf40802307955")]
    [InlineData(Accented, "5b9dc58b34a3db31b15772192c2e443618dd2e56fd5895e763d399dc50dc0b45")]
    public void The_newer_signature_is_an_hmac_of_time_and_body(string body, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(expected, WebhookSignature.V1(Secret, At, bytes));
        Assert.Equal($"t={At},v1={expected}", WebhookSignature.HeaderValue(Secret, DateTimeOffset.FromUnixTimeSeconds(At), bytes));
    }
}
