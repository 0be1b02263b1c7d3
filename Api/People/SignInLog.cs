namespace RechargeGrains.Api.People;

internal static partial class SignInLog
{
    [LoggerMessage(5402, LogLevel.Warning, "A sign-in with the provider failed")]
    public static partial void ExternalFailed(ILogger logger, Exception? failure);
}
