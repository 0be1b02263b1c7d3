namespace RechargeGrains.Month;

/// <summary>Which days a month has, and when what goes wrong. Pure.</summary>
internal sealed class MonthPlan
{
    /// <summary>The autumn in which clocks change, in spring of the southern hemisphere.</summary>
    private static readonly DateTime Autumn = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly TimeSpan SyncAt = TimeSpan.FromHours(6);

    /// <summary>A daily sync is done by then, and what it missed in an outage is made up for.</summary>
    private static readonly TimeSpan SyncTakes = TimeSpan.FromMinutes(30);

    public MonthPlan(int days, TimeZoneInfo zone)
    {
        Start = new DateTimeOffset(ClocksChange(zone).AddDays(-days / 2), TimeOnly.MinValue, TimeSpan.Zero);
        Days = days;
        ProductOutage = Night(days / 4, TimeSpan.FromMinutes(130), TimeSpan.FromMinutes(430));
        OmetriaOutage = Night(days * 3 / 4, TimeSpan.FromMinutes(200), TimeSpan.FromMinutes(460));
        RegistrationsRemovedAt = Start.AddDays(Math.Max(2, days * 2 / 5)).AddHours(14).AddSeconds(21);
    }

    public int Days { get; }

    /// <summary>The connection is made.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The shop opens: the first import is done.</summary>
    public DateTimeOffset Opens => Start.AddHours(2);

    /// <summary>The shop rests from then on.</summary>
    public DateTimeOffset Closes => Start.AddDays(Days);

    /// <summary>Everything that was to be told has been.</summary>
    public DateTimeOffset End => Closes.AddHours(12);

    /// <summary>The product is stopped.</summary>
    public Span ProductOutage { get; }

    /// <summary>Ometria answers 503.</summary>
    public Span OmetriaOutage { get; }

    /// <summary>Somebody removes the webhooks at Recharge by hand.</summary>
    public DateTimeOffset RegistrationsRemovedAt { get; }

    /// <summary>
    /// From each 06:00 UTC on the shop rests until the sync is checked, so that the numbers of 06:00 stay the numbers. After an outage the
    /// check waits for what is made up for.
    /// </summary>
    public IEnumerable<Span> Mornings => Enumerable.Range(0, Days + 1).Select(day => Start.AddDays(day) + SyncAt).Select(sync =>
    {
        var until = new[] { ProductOutage, OmetriaOutage }.Where(outage => outage.Contains(sync)).Select(outage => outage.To).DefaultIfEmpty(sync).Max();
        return new Span(sync, until + SyncTakes);
    });

    /// <summary>Whether something may be done in the shop.</summary>
    public bool IsOpen(DateTimeOffset instant) => instant >= Opens && instant < Closes && !Mornings.Any(morning => morning.Contains(instant));

    private static DateOnly ClocksChange(TimeZoneInfo zone) => DateOnly.FromDateTime(
        Enumerable.Range(0, 90).Select(day => Autumn.AddDays(day)).First(day => zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1))));

    private Span Night(int day, TimeSpan from, TimeSpan to) => new(Start.AddDays(day) + from, Start.AddDays(day) + to);
}
