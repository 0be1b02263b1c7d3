using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Silo.Tests.Storage;

public sealed class EncryptedStateSerializerTests
{
    private static readonly MasterKeys Keys =
        MasterKeys.Parse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeys.KeyBytes)));

    private static readonly Serializer Codecs = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly EncryptedStateSerializer _serializer = new(SecretProtector.ForState(Keys), Codecs);

    [Fact]
    public void State_is_read_as_it_was_written()
    {
        var state = new ConformanceState { Count = 0, Text = "jo@example.test", Day = DayOfWeek.Friday, Price = 9.90m };

        Assert.Equivalent(state, _serializer.Deserialize<ConformanceState>(_serializer.Serialize(state)), strict: true);
    }

    [Fact]
    public void Large_state_is_compressed_and_read_as_it_was_written()
    {
        var state = new ConformanceState { Names = [.. Enumerable.Range(0, 1_000).Select(i => $"event number {i}")] };
        var stored = _serializer.Serialize(state);

        Assert.InRange(stored.ToMemory().Length, 100, 10_000);
        Assert.Equivalent(state, _serializer.Deserialize<ConformanceState>(stored), strict: true);
    }

    // Buffers are used again; what was in them before must not show.
    [Fact]
    public void Small_and_large_state_in_turn_are_read_as_they_were_written()
    {
        int[] lengths = [2_000_000, 1, 50_000, 0, 1_200, 50_000];
        Assert.All(lengths, length =>
        {
            var state = new ConformanceState { Text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i * 7 % 26))) };
            Assert.Equivalent(state, _serializer.Deserialize<ConformanceState>(_serializer.Serialize(state)), strict: true);
        });
    }

    [Fact]
    public void Text_that_is_not_English_takes_no_more_room_than_it_has_to() =>
        Assert.InRange(_serializer.Serialize(new ConformanceState { Text = new string('é', 100) }).ToMemory().Length, 200, 350);

    [Fact]
    public void Null_is_read_as_null() => Assert.Null(_serializer.Deserialize<ConformanceState>(_serializer.Serialize<ConformanceState>(null)));

    [Fact]
    public void Nothing_of_the_state_shows()
    {
        var bytes = Encoding.Latin1.GetString(_serializer.Serialize(new ConformanceState { Text = "jo@example.test" }));

        Assert.DoesNotContain("example", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("count", bytes, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void State_that_was_never_sealed_is_refused() => Assert.Throws<SecretUnreadableException>(
        () => _serializer.Deserialize<ConformanceState>(BinaryData.FromString("{\"count\":1}")));

    [Fact]
    public void Nothing_at_all_is_refused() => Assert.Throws<SecretUnreadableException>(
        () => _serializer.Deserialize<ConformanceState>(BinaryData.FromBytes(Array.Empty<byte>())));

    [Theory]
    [InlineData(1)]
    [InlineData(2_000)]
    public void A_changed_byte_is_noticed_wherever_it_is(int length)
    {
        var bytes = _serializer.Serialize(new ConformanceState { Text = new string('x', length) }).ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x03;
            Assert.Throws<SecretUnreadableException>(() => _serializer.Deserialize<ConformanceState>(new BinaryData(bytes)));
            bytes[i] ^= 0x03;
        }
    }

    [Fact]
    public void Secrets_cannot_be_passed_off_as_state()
    {
        var forged = SecretProtector.ForSecrets(Keys).Protect("{\"count\":1}"u8, "grain state, json");

        Assert.Throws<SecretUnreadableException>(
            () => _serializer.Deserialize<ConformanceState>(new BinaryData((byte[])[1, .. forged])));
    }
}
