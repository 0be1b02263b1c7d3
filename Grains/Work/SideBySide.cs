namespace RechargeGrains.Grains.Work;

internal static class SideBySide
{
    /// <summary>
    /// Calls other grains for each item, at most <paramref name="most"/> at a time. On the grain's own scheduler: the calls run side by
    /// side, what follows them does not.
    /// </summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, int most, Func<T, Task> act, CancellationToken stopping) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = stopping, TaskScheduler = TaskScheduler.Current },
            async (item, _) => await act(item));
}
