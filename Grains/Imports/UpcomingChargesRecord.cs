using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Imports;

internal sealed class UpcomingChargesRecord
{
    public ImportSettings? Settings { get; set; }

    public DateTimeOffset? LastReadAt { get; set; }

    /// <summary>Whether webhooks hinted at charges that were not read since, as far as is written down.</summary>
    public bool HasHints { get; set; }

    /// <summary>Customers among those hints of whom something announced may have moved, which no reading of the window would show.</summary>
    public List<long> MayHaveMoved { get; set; } = [];

    /// <summary>Whether a reading is due that has not been finished.</summary>
    public bool IsDue { get; set; }
}
