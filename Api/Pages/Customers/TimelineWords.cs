using MudBlazor;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Pages.Deliveries;
using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Pages.Customers;

/// <summary>A line of a customer's timeline as somebody would tell it. Pure.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Text">What became of it and what it means.</param>
/// <param name="Color">Of the dot.</param>
internal sealed record TimelineWords(string Title, string Text, Color Color)
{
    /// <param name="entry">The line.</param>
    /// <param name="told">Of an answer of Ometria, the event that it is about, if that is known.</param>
    public static TimelineWords Of(TimelineBody entry, EventKind? told = null) => entry.What switch
    {
        "ometria" => OfAnswer(entry, told is { } kind ? EventWords.NameOf(kind) : "The event"),
        "read" => OfReading(entry.Outcome),
        _ when EventKinds.Parse(entry.What) is { } kind => OfEvent(kind, entry.Outcome),
        _ => new TimelineWords($"Recharge said {entry.What.Replace('/', ' ')}", "A webhook came and was applied.", Color.Info),
    };

    private static TimelineWords OfReading(string outcome) => outcome switch
    {
        "repaired" => new TimelineWords("Read at Recharge", "It differed from what was known here, and was put right.", Color.Warning),
        "gone" => new TimelineWords("Gone at Recharge", "Recharge no longer knows this customer; both numbers are 0.", Color.Warning),
        _ => new TimelineWords("Read at Recharge", "What Recharge shows was taken over.", Color.Default),
    };

    private static TimelineWords OfEvent(EventKind kind, string outcome) => outcome switch
    {
        "told" => new TimelineWords(EventWords.NameOf(kind), "An event was made for Ometria.", Color.Primary),
        "waiting_for_email" => new TimelineWords(EventWords.NameOf(kind), "An event was made and waits: Recharge has not told the e-mail address yet.", Color.Warning),
        _ => new TimelineWords(EventWords.NameOf(kind), "No event was made, because this event is not enabled for the connection.", Color.Default),
    };

    private static TimelineWords OfAnswer(TimelineBody entry, string name)
    {
        var detail = entry.Detail switch
        {
            null => "",
            "restamped" => " It was over four hours old, so it was told as of the sending; the true time is in occurred_at.",
            "sent_late" => " It was over four hours old when it was sent, so Ometria starts no automation with it.",
            "skipped" => " It was too old to start an automation, and the connection says to skip such.",
            { } words => $" {ErrorWords.Of(words)}",
        };
        return entry.Outcome switch
        {
            "sent" => new TimelineWords("Ometria took it", $"{name}: accepted.{detail}", Color.Success),
            "waiting" => new TimelineWords("On its way to Ometria", $"{name}: waits to be sent.{detail}", Color.Info),
            "rejected" => new TimelineWords("Ometria rejected it", $"{name}: it can be sent again once that is mended.{detail}", Color.Error),
            "dead_lettered" => new TimelineWords("Ometria refused it", $"{name}: put aside so that others could pass. It can be sent again.{detail}", Color.Error),
            _ => new TimelineWords("Not sent", $"{name}: held back.{detail}", Color.Default),
        };
    }
}
