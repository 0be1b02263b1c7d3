namespace RechargeGrains.Api.Pages.Connections;

/// <summary>Remembers looks at an import, so that its pace is that of the last half minute.</summary>
internal sealed class ImportPace
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly List<ImportSample> _samples = [];
    private DateTimeOffset? _startedAt;

    /// <summary>The look to compare the new one with. Of an import that is met for the first time, that is its start.</summary>
    public ImportSample Note(ImportSample now, DateTimeOffset startedAt)
    {
        if (_startedAt != startedAt)
        {
            _startedAt = startedAt;
            _samples.Clear();
            _samples.Add(new ImportSample(startedAt, 0));
        }

        _samples.Add(now);
        while (_samples.Count > 2 && now.At - _samples[1].At >= Window)
            _samples.RemoveAt(0);
        return _samples[0];
    }
}
