namespace RechargeGrains.Grains.Reconciliation;

/// <summary>
/// Customers that a full comparison met, eight bytes each. Held in memory alone: a restart in between leaves the search for those that are
/// gone to the next comparison.
/// </summary>
internal sealed class SeenCustomers(DateTimeOffset comparison)
{
    private readonly List<long> _ids = [];
    private bool _isSorted;

    /// <summary>Whether these are the ones that the comparison met which began then.</summary>
    public bool AreOf(ReconciliationJob job) => job.StartedAt == comparison;

    public void Add(long id)
    {
        _ids.Add(id);
        _isSorted = false;
    }

    public bool Contains(long id)
    {
        if (!_isSorted)
            _ids.Sort();
        _isSorted = true;
        return _ids.BinarySearch(id) >= 0;
    }
}
