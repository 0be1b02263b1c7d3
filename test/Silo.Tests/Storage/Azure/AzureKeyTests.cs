using CsCheck;
using RechargeGrains.Silo.Storage.Azure;

namespace RechargeGrains.Silo.Tests.Storage.Azure;

public sealed class AzureKeyTests
{
    [Theory]
    [InlineData("segment-17", "segment-17")]
    [InlineData("rg-customer/acme/con_1/7", "rg-customer~2Facme~2Fcon_1~2F7")]
    [InlineData("a~2Fb", "a~7E2Fb")]
    [InlineData("č", "~C4~8D")]
    public void A_key_is_written_with_what_a_table_takes(string key, string escaped) => Assert.Equal(escaped, AzureGrainStorage.Escaped(key));

    [Fact]
    public void Different_keys_stay_different() => Gen.Select(Gen.String[Gen.Char["a_/~2F?#\\"], 0, 8], Gen.String[Gen.Char["a_/~2F?#\\"], 0, 8])
        .Sample((one, other) => one == other == (AzureGrainStorage.Escaped(one) == AzureGrainStorage.Escaped(other)));
}
