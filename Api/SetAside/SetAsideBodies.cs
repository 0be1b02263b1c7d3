using System.Globalization;
using System.Text;
using RechargeGrains.Connections;

namespace RechargeGrains.Api.SetAside;

/// <summary>
/// A body that was set aside, without its content. State is <c>set_aside</c> or <c>replayed</c>; outcome is what a replay came to, and
/// null while it is set aside.
/// </summary>
internal sealed record SetAsideEntryBody(
    string Id, string Topic, DateTimeOffset ReceivedAt, string Reason, int Size, string State, string? Outcome)
{
    public static SetAsideEntryBody Of(SetAsideEntry entry) => new(
        IdOf(entry.Number), entry.Topic, entry.ReceivedAt, entry.Reason, entry.Size, StateName(entry.Status), NameOf(entry.Outcome));

    public static string IdOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string StateName(SetAsideStatus status) => status == SetAsideStatus.SetAside ? "set_aside" : "replayed";

    public static string? NameOf(SetAsideOutcome? outcome) => outcome switch
    {
        SetAsideOutcome.Applied => "applied",
        SetAsideOutcome.Duplicate => "duplicate",
        SetAsideOutcome.NotNeeded => "not_needed",
        SetAsideOutcome.NotUnderstood => "not_understood",
        _ => null,
    };
}

/// <param name="Bodies">The newest first.</param>
/// <param name="NextCursor">Null at the end.</param>
internal sealed record SetAsideList(IReadOnlyList<SetAsideEntryBody> Bodies, string? NextCursor);

/// <summary>A body that was set aside, as it came: in base64, and as text if it is UTF-8. Both are null once a replay took the content away.</summary>
internal sealed record SetAsideContentBody(
    string Id, string Topic, DateTimeOffset ReceivedAt, string Reason, int Size, string State, string? Outcome, string? Base64, string? Text)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SetAsideContentBody Of(SetAsideContent content)
    {
        var entry = SetAsideEntryBody.Of(content.Entry);
        var isThere = content.Entry.Status == SetAsideStatus.SetAside;
        return new SetAsideContentBody(
            entry.Id,
            entry.Topic,
            entry.ReceivedAt,
            entry.Reason,
            entry.Size,
            entry.State,
            entry.Outcome,
            isThere ? Convert.ToBase64String(content.Body) : null,
            isThere ? TextOf(content.Body) : null);
    }

    private static string? TextOf(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

internal sealed class ReplayRequest
{
    /// <summary>Only says what would be understood.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The <c>nextCursor</c> of the answer before.</summary>
    public string? Cursor { get; set; }
}

internal sealed record ReplayBody(string Id, string Outcome);

/// <param name="Matched">Bodies that were looked at.</param>
/// <param name="Understood">Those that a replay would understand.</param>
/// <param name="More">Whether there are more, which <paramref name="NextCursor"/> leads to.</param>
/// <param name="NextCursor">Null at the end.</param>
internal sealed record DryRunBody(int Matched, int Understood, bool More, string? NextCursor);

/// <param name="Replayed">Bodies that were understood.</param>
/// <param name="StillNotUnderstood">Bodies that stay.</param>
/// <param name="More">Whether there are more, which <paramref name="NextCursor"/> leads to.</param>
/// <param name="NextCursor">Null at the end.</param>
internal sealed record ReplayAllBody(int Replayed, int StillNotUnderstood, bool More, string? NextCursor);
