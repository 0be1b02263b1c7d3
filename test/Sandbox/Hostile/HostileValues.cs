namespace RechargeGrains.Sandbox.Hostile;

/// <summary>JSON values, as bytes, that may stand where another one was expected. Not all of them are valid JSON.</summary>
public static class HostileValues
{
    /// <summary>Texts between their quotes, escapes as they are written.</summary>
    private static readonly string[] Texts =
    [
        "", " ", "\\u0000", "\\ud800", "\\udc00\\ud800", "a\\ud83d", "\\ud83d\\ude00", "\\u001b[31m", "\\r\\nX-Evil: 1", "\\u202e\\u202d", "\\ufeff", "\\uffff",
        "مرحبا", "🧨👩‍👩‍👧‍👦", "Z̛̫͜a̷̲l̶g̵o̴", "ſtraße İ ı", "null", "NaN", "Infinity", "-0", "0x10", "1e999", "１２", "'; DROP TABLE grains; --", "../../etc/passwd", "%00",
        "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "a@b", "@", "a@", "@b", "a@@b", "a\\u0000@b.test", "a b@c.test", "\\u202ea@b.test", "a@b\\nc.test",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999-14:00", "2026-02-30T00:00:00", "1969-12-31T23:59:59Z",
        "2026-03-09T14:05:00.123456789012345678901234567890Z", "24:00", "May", "12", "2026-W10-1", "1/2", "9999-12-31", "0001-01-01",
    ];

    private static readonly string[] Others =
    [
        "null", "true", "false", "0", "-1", "1e999", "-1e999", "1e-999", "1E+2", "0.1", "-0.0", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "79228162514264337593543950335", "79228162514264337593543950336", "0.0000000000000000000000000001", "[]", "{}", "[null]", "[[[]]]", "{\"a\":{\"a\":{}}}",
        "{\"ecommerce\":null}", "{\"ecommerce\":{\"ecommerce\":\"1\"}}", "{\"ecommerce\":\"\\ud800\"}", "{\"\\ud800\":\"1\"}", "{\"ecommerce\":\"1\",\"ecommerce\":[2]}",
        "{\"customer\":5,\"subscriptions\":\"x\"}", "{\"customer\":{\"customer\":{\"id\":1}},\"subscriptions\":[null,{\"id\":[]}]}", "[{\"id\":1},7]", "{\"id\":\"\\ud800\"}",
        "undefined", "NaN", "'x'", "01", "+1", "1.", ".5", "[1,]", "{\"a\":1,}", "\"", "\"\\x\"", "\"\\u12\"", "\"\t\"",
    ];

    public static IEnumerable<byte[]> All()
    {
        foreach (var text in Texts)
            yield return Utf8($"\"{text}\"");
        foreach (var other in Others)
            yield return Utf8(other);
        yield return Utf8($"\"{new string('x', 20_000)}\"");
        // Cut in the middle of a pair if the cut looks at characters only.
        yield return Utf8($"\"{new string('x', 511)}😀😀\"");
        yield return Utf8($"\"{string.Concat(Enumerable.Repeat("😀", 400))}\"");
        yield return Utf8($"\"{new string('x', 100_000)}@example.test\"");
        yield return Utf8(new string('9', 5_000));
        yield return Utf8($"1{new string('0', 5_000)}e-5000");
        yield return Utf8($"{new string('[', 60)}{new string(']', 60)}");
        yield return Utf8($"{new string('[', 3_000)}{new string(']', 3_000)}");
        yield return [.. "\""u8, 0xff, 0xfe, .. "\""u8];
        yield return [.. "\""u8, 0xc3, 0x28, .. "\""u8];
        yield return [.. "\""u8, 0xed, 0xa0, 0x80, .. "\""u8];
        yield return [.. "\""u8, 0xc0, 0x80, .. "\""u8];
        yield return [.. "\""u8, 0x00, .. "\""u8];
        yield return [.. "\""u8, 0xf4, 0x90, 0x80, 0x80, .. "@example.test\""u8];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
