using Microsoft.Extensions.Logging;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Outbox;

/// <content>Log lines 4100 to 4199.</content>
internal sealed partial class OutboxGrain
{
    [LoggerMessage(4101, LogLevel.Information, "Found {Events} undelivered events of connection {ConnectionId}")]
    private partial void LogRecovered(long events, string connectionId);

    [LoggerMessage(4102, LogLevel.Warning, "Events of connection {ConnectionId} cannot be delivered ({Outcome}, HTTP {Status}); trying on")]
    private partial void LogDeliveryFailing(PushOutcome outcome, int? status, string connectionId);

    [LoggerMessage(4103, LogLevel.Information, "Events of connection {ConnectionId} are delivered again")]
    private partial void LogDeliveryRecovered(string connectionId);

    [LoggerMessage(4104, LogLevel.Warning, "An event of connection {ConnectionId} was refused by itself (HTTP {Status}) and is dead-lettered")]
    private partial void LogDeadLettered(int? status, string connectionId);

    [LoggerMessage(4105, LogLevel.Error, "A delivery step failed; next try in {Pause}")]
    private partial void LogStepFailed(Exception failure, TimeSpan pause);

    [LoggerMessage(4106, LogLevel.Warning, "{Events} events of connection {ConnectionId} are sent again, because nobody knows whether Ometria accepted them; their ids are the same")]
    private partial void LogRepeated(int events, string connectionId);

    [LoggerMessage(4107, LogLevel.Warning, "Ometria rejected {Events} events of connection {ConnectionId}")]
    private partial void LogRejected(int events, string connectionId);

    [LoggerMessage(4108, LogLevel.Warning, "More {EventType} events of connection {ConnectionId} than Ometria lets in at one go: their timestamps are spread over slots of five minutes")]
    private partial void LogPaced(string eventType, string connectionId);

    [LoggerMessage(4109, LogLevel.Warning, "Ometria found {Events} events of connection {ConnectionId} invalid after it had taken them")]
    private partial void LogFoundInvalid(int events, string connectionId);
}
