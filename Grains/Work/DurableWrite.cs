namespace RechargeGrains.Grains.Work;

internal static class DurableWrite
{
    /// <summary>
    /// Lets the grain start anew from storage when a write fails: what is in its memory may or may not be on disk, and nothing may be
    /// built on it.
    /// </summary>
    public static async Task OrDeactivateAsync(this Task write, IGrainBase grain)
    {
        try
        {
            await write;
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }

    /// <inheritdoc cref="OrDeactivateAsync(Task, IGrainBase)"/>
    public static async Task<T> OrDeactivateAsync<T>(this Task<T> write, IGrainBase grain)
    {
        await OrDeactivateAsync((Task)write, grain);
        return await write;
    }
}
