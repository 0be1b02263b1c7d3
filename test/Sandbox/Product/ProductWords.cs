namespace RechargeGrains.Sandbox;

/// <summary>What the product wrote on standard error, which is meant for whoever started it.</summary>
internal sealed class ProductWords
{
    private readonly AppendLog<string> _lines = new();
    private readonly Signal _written = new();

    public void Add(string line)
    {
        _lines.Add(line);
        _written.Raise();
    }

    public Task<string> WaitForAsync(string part, TimeSpan timeout, CancellationToken ct) => _written.WaitForAsync(
        () => _lines.Snapshot().LastOrDefault(line => line.Contains(part, StringComparison.Ordinal)),
        timeout,
        () => string.Join('\n', _lines.Snapshot()),
        ct);
}
