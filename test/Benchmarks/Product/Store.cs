namespace RechargeGrains.Benchmarks.Product;

/// <summary>What the product keeps its state in.</summary>
internal enum Store
{
    Sqlite,
    Postgres,
}
