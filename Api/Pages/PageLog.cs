namespace RechargeGrains.Api.Pages;

internal static partial class PageLog
{
    [LoggerMessage(5501, LogLevel.Warning, "A page could not be brought up to date; trying again")]
    public static partial void LoadingFailed(ILogger logger, Exception failure);

    [LoggerMessage(5502, LogLevel.Error, "What somebody asked for on a page failed")]
    public static partial void ActionFailed(ILogger logger, Exception failure);

    [LoggerMessage(5503, LogLevel.Warning, "Whether a session is still good could not be found out; it is believed for a while")]
    public static partial void SessionNotSeen(ILogger logger, Exception failure);
}
