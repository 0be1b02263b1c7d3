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
}
