using System.Diagnostics.CodeAnalysis;

namespace RechargeGrains.Sandbox;

/// <summary>Rows in the order of their ids. Adding is quick because the store gives out rising ids.</summary>
internal sealed class Table<T>
    where T : class
{
    private readonly List<long> _ids = [];
    private readonly List<T> _rows = [];

    public IReadOnlyList<T> Rows => _rows;

    public T this[long id]
    {
        get => GetValueOrDefault(id) ?? throw new KeyNotFoundException(string.Create(CultureInfo.InvariantCulture, $"No {typeof(T).Name} {id}."));
        set
        {
            var index = _ids.BinarySearch(id);
            if (index >= 0)
            {
                _rows[index] = value;
                return;
            }

            _ids.Insert(~index, id);
            _rows.Insert(~index, value);
        }
    }

    public T? GetValueOrDefault(long id) => _ids.BinarySearch(id) is >= 0 and var index ? _rows[index] : null;

    public bool TryGetValue(long id, [NotNullWhen(true)] out T? row) => (row = GetValueOrDefault(id)) is not null;

    public void Remove(long id)
    {
        if (_ids.BinarySearch(id) is not (>= 0 and var index))
            return;
        _ids.RemoveAt(index);
        _rows.RemoveAt(index);
    }
}
