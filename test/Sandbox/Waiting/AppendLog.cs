namespace RechargeGrains.Sandbox;

/// <summary>A list that only grows. A snapshot costs nothing and never changes, so it can be read without a lock.</summary>
internal sealed class AppendLog<T>
{
    private readonly Lock _gate = new();
    private T[] _items = new T[16];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(T item)
    {
        lock (_gate)
        {
            if (_count == _items.Length)
                Array.Resize(ref _items, _count * 2);
            _items[_count++] = item;
        }
    }

    public IReadOnlyList<T> Snapshot()
    {
        lock (_gate)
            return new ArraySegment<T>(_items, 0, _count);
    }
}
