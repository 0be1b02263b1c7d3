using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Recharge;

/// <summary>Reading a long list page by page over restarts.</summary>
internal static class Pages
{
    /// <summary>
    /// The page at a cursor. Recharge does not promise to keep cursors: one that it no longer knows is replaced by the time of the last
    /// row that was read.
    /// </summary>
    /// <returns>The page, and whether the cursor was lost, so that rows of that last second come again.</returns>
    public static async Task<(TPage Page, bool IsReread)> ReadAsync<TPage>(
        string? cursor, DateTimeOffset? reached, DateTimeOffset updatedAfter, Func<PageStart, Task<TPage>> read)
    {
        if (cursor is not null)
        {
            try
            {
                return (await read(new PageStart { Cursor = cursor }), false);
            }
            catch (RechargeCallException failure) when (failure.Failure == RechargeFailure.Refused && reached is not null)
            {
                return (await read(new PageStart { UpdatedAfter = reached.Value.AddSeconds(-1) }), true);
            }
        }

        return (await read(new PageStart { UpdatedAfter = updatedAfter }), false);
    }
}
