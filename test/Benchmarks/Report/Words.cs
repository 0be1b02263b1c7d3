namespace RechargeGrains.Benchmarks.Report;

/// <summary>Figures as they are written.</summary>
internal static class Words
{
    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString(span.TotalMilliseconds < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Microseconds(double microseconds) => microseconds.ToString(microseconds < 100 ? "0.0 µs" : "#,0 µs", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("#,0.0 s", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("#,0 MB", CultureInfo.InvariantCulture);

    public static string Bytes(double bytes) => bytes.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
