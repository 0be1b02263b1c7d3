using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Connections;
using RechargeGrains.Imports;

namespace RechargeGrains.Api.Pages;

/// <summary>What is shown of a connection, as a sentence. Pure.</summary>
internal static class Sentences
{
    public static string OfState(ConnectionStatus status) => status.State switch
    {
        ConnectionState.Importing when status.Import.State == ImportState.Waiting =>
            "The first import is held up and goes on by itself; the problems say by what.",
        ConnectionState.Importing when status.Import.State == ImportState.NotStarted => "The webhooks are being registered; the first import starts then.",
        ConnectionState.Importing =>
            $"The first import is under way: {Times.Number(status.Import.CustomersRead)} customers read, {Times.Number(status.Import.ContactsSent)} contacts sent.",
        ConnectionState.Active when status.Import.Reimport is { FinishedAt: null } => "Everything works, and all contacts are being sent once more.",
        ConnectionState.Active => "Everything works: events go to Ometria as they happen, contact fields every day.",
        ConnectionState.Paused => "Paused: webhooks are taken and kept, and nothing is sent until somebody resumes.",
        ConnectionState.NeedsAttention => "Something needs you before it can go on. Nothing is lost meanwhile.",
        _ => "Disconnected: nothing is read or sent any more. What was sent stays at Ometria.",
    };

    public static string Count(long number, string one, string many) => $"{Times.Number(number)} {(number == 1 ? one : many)}";
}
