using System.Security.Cryptography;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Tests.Security;

public sealed class SecretProtectorTests
{
    private const string Purpose = "tenant/acme/account/1";

    private readonly string _key = NewKey();

    [Theory]
    [InlineData("")]
    [InlineData("sk_1x1_abcdef")]
    [InlineData("klíč 🔑")]
    public void A_secret_is_opened_as_it_was_sealed(string secret)
    {
        var protector = Protector(_key);
        var text = protector.Protect(secret, Purpose);

        Assert.Equal(secret, protector.Unprotect(text, Purpose));
        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.NotEqual(text, protector.Protect(secret, Purpose));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_buffer_of_another_length_is_refused(int more)
    {
        var protector = Protector(_key);

        Assert.Throws<ArgumentException>(() => protector.Protect("secret"u8, Purpose, new byte[6 + protector.Overhead + more]));
    }

    [Fact]
    public void A_secret_outlives_the_process_that_sealed_it() =>
        Assert.Equal("secret", Protector(_key).Unprotect(Protector(_key).Protect("secret", Purpose), Purpose));

    [Fact]
    public void A_secret_moved_to_another_place_cannot_be_opened()
    {
        var text = Protector(_key).Protect("secret", Purpose);

        Assert.Throws<SecretUnreadableException>(() => Protector(_key).Unprotect(text, "tenant/other/account/1"));
    }

    [Fact]
    public void After_a_rotation_old_secrets_are_opened_and_new_ones_use_the_new_key()
    {
        var next = NewKey();
        var old = Protector(_key).Protect("old", Purpose);
        var rotated = Protector($"{next}, {_key}");

        Assert.Equal("old", rotated.Unprotect(old, Purpose));
        Assert.Equal("new", Protector(next).Unprotect(rotated.Protect("new", Purpose), Purpose));
    }

    [Fact]
    public void A_missing_key_is_told_from_a_changed_secret()
    {
        var text = Protector(_key).Protect("secret", Purpose);
        var missing = Assert.Throws<SecretUnreadableException>(() => Protector(NewKey()).Unprotect(text, Purpose));
        var changed = Assert.Throws<SecretUnreadableException>(
            () => Protector(_key).Unprotect(text[..^1] + (text[^1] == 'A' ? 'Q' : 'A'), Purpose));

        Assert.Contains("not among the 1 in Security:MasterKey", missing.Message, StringComparison.Ordinal);
        Assert.Contains("was changed", changed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("plain text key")]
    public void What_was_never_sealed_is_refused(string text) =>
        Assert.Throws<SecretUnreadableException>(() => Protector(_key).Unprotect(text, Purpose));

    [Fact]
    public void Secrets_and_state_do_not_share_a_key()
    {
        var keys = MasterKeys.Parse(_key);
        var state = SecretProtector.ForState(keys).Protect("state"u8, Purpose);

        Assert.Throws<SecretUnreadableException>(() => SecretProtector.ForSecrets(keys).Unprotect(state, Purpose));
    }

    [Fact]
    public void One_protector_serves_many_threads()
    {
        var protector = Protector(_key);
        Parallel.For(0, 1_000, i =>
            Assert.Equal($"secret {i}", protector.Unprotect(protector.Protect($"secret {i}", Purpose), Purpose)));
    }

    private static SecretProtector Protector(string keys) => SecretProtector.ForSecrets(MasterKeys.Parse(keys));

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeys.KeyBytes));
}
