namespace RechargeGrains.Sandbox;

/// <summary>How often a subscription is charged and sent.</summary>
public readonly record struct Interval(int Every, IntervalUnit Unit)
{
    public static Interval Days(int every) => new(every, IntervalUnit.Day);

    public static Interval Weeks(int every) => new(every, IntervalUnit.Week);

    public static Interval Months(int every) => new(every, IntervalUnit.Month);

    public DateOnly After(DateOnly date) => Unit switch
    {
        IntervalUnit.Day => date.AddDays(Every),
        IntervalUnit.Week => date.AddDays(7 * Every),
        _ => date.AddMonths(Every),
    };
}
