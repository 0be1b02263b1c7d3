namespace RechargeGrains.Api.Tests;

/// <summary>How long a test waits for something that has to happen. Long, because a busy machine is no failure.</summary>
internal static class Patience
{
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan Long = TimeSpan.FromSeconds(120);
}
