using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Connections;

namespace RechargeGrains.Api.Pages.Staff;

/// <summary>The numbers of a connection in few words. Pure.</summary>
internal static class HealthWords
{
    public static string Lag(ConnectionStatus status, DateTimeOffset now) =>
        HealthRules.LaggingSince(status) is { } since ? Times.Span(now - since) : "none";

    public static string Waiting(ConnectionStatus status) => (status.Events.Waiting, status.Contacts.Changed) switch
    {
        (0, 0) => "nothing",
        (var events, 0) => Sentences.Count(events, "event", "events"),
        (0, var contacts) => Sentences.Count(contacts, "contact", "contacts"),
        var (events, contacts) => $"{Sentences.Count(events, "event", "events")}, {Sentences.Count(contacts, "contact", "contacts")}",
    };

    public static string Drift(ConnectionStatus status) => status.Drift switch
    {
        { CheckedAt: null } => "not compared yet",
        { Found: 0 } => "none",
        var drift => $"{Times.Number(drift.Found)} found, {Times.Number(drift.Repaired)} repaired",
    };
}
