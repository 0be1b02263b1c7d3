namespace RechargeGrains.Sandbox;

/// <summary>The goods of the sandbox shop.</summary>
public static class Catalog
{
    public static IReadOnlyList<Variant> Variants { get; } =
    [
        .. Product(1, "Everyday Coffee", "COF", 500, ("Whole bean", 12.00m), ("Filter grind", 12.00m), ("Espresso grind", 12.50m)),
        .. Product(2, "Single Origin Huila", "HUI", 250, ("Whole bean", 11.50m), ("Filter grind", 11.50m)),
        .. Product(3, "Evening Decaf", "DEC", 250, ("Whole bean", 9.80m), ("Espresso grind", 10.20m)),
        .. Product(4, "Espresso Capsules", "CAP", 180, ("30 pieces", 13.90m), ("60 pieces", 25.00m), ("120 pieces", 46.00m)),
        .. Product(5, "Breakfast Tea", "TEA", 200, ("Loose leaf", 7.60m), ("Bags", 6.90m)),
        .. Product(6, "Barista Oat Drink", "OAT", 6200, ("Box of 6", 14.40m), ("Box of 12", 27.00m)),
        .. Product(7, "Filter Papers", "PAP", 120, (null, 4.50m)),
    ];

    private static IEnumerable<Variant> Product(
        int number, string title, string sku, int grams, params (string? Title, decimal Price)[] variants) =>
        variants.Select((variant, index) => new Variant(
            (8_200_300_400_500 + number).ToString(CultureInfo.InvariantCulture),
            (44_200_300_400_000 + number * 10 + index).ToString(CultureInfo.InvariantCulture),
            title,
            variant.Title,
            string.Create(CultureInfo.InvariantCulture, $"{sku}-{index + 1}"),
            variant.Price,
            grams));
}
