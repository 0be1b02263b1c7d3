namespace RechargeGrains.Grains.Imports;

/// <summary>
/// Customers whose charges have to be read because a webhook said so. A few are read one by one, many are one reading of everything:
/// at two calls a second a page of 250 charges is cheaper than the third customer.
/// </summary>
internal sealed class ChargeHints
{
    /// <summary>More than these at once are read together.</summary>
    public const int OneByOne = 4;

    private const int Most = 1_000;

    private readonly Dictionary<long, ChargeHint> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>Answers whether it is new.</summary>
    public bool Add(long customerId, DateOnly date, bool mayHaveMoved)
    {
        var known = _waiting.GetValueOrDefault(customerId);
        // So many are read together anyway; what moved out of the window is not among those.
        if (known is null && !mayHaveMoved && _waiting.Count >= Most)
            return false;
        var hint = new ChargeHint(
            customerId, known is null || date < known.Date ? date : known.Date, mayHaveMoved || known?.MayHaveMoved == true);
        if (hint == known)
            return false;
        _waiting[customerId] = hint;
        return true;
    }

    /// <summary>Those that may matter: others are about days that are not announced yet.</summary>
    public List<ChargeHint> Take(DateOnly until)
    {
        List<ChargeHint> taken = [.. _waiting.Values.Where(hint => hint.MayHaveMoved || hint.Date <= until)];
        _waiting.Clear();
        return taken;
    }

    /// <summary>Puts back what could not be read.</summary>
    public void PutBack(IEnumerable<ChargeHint> hints)
    {
        foreach (var hint in hints)
            Add(hint.CustomerId, hint.Date, hint.MayHaveMoved);
    }
}

/// <param name="CustomerId">Whose charges.</param>
/// <param name="Date">The earliest date that was named.</param>
/// <param name="MayHaveMoved">Whether something announced may have moved there.</param>
internal sealed record ChargeHint(long CustomerId, DateOnly Date, bool MayHaveMoved);
