namespace RechargeGrains.Silo.Tests.Storage;

/// <summary>State with the kinds of values that the product keeps.</summary>
public sealed class ConformanceState
{
    public int Count { get; set; }

    public string Text { get; set; } = "";

    public string? Note { get; set; }

    public decimal Price { get; set; }

    public DayOfWeek Day { get; set; }

    public DateTimeOffset? At { get; set; }

    public List<string> Names { get; set; } = [];

    public Dictionary<string, long> Totals { get; set; } = [];
}
