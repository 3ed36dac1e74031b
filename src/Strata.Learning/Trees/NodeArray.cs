namespace Strata.Learning.Trees;

/// <summary>Values that are added one by one and then become an array, without a copy where room for just so many was asked for.</summary>
internal sealed class NodeArray<T>(int capacity)
{
    private T[] items = new T[capacity];

    public int Count { get; private set; }

    public ref T this[int index] => ref items.AsSpan(0, Count)[index];

    public void Add(T item)
    {
        Reserve(1);
        items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<T> some)
    {
        Reserve(some.Length);
        some.CopyTo(items.AsSpan(Count));
        Count += some.Length;
    }

    /// <summary>The values; nothing may be added after.</summary>
    public T[] ToArray()
    {
        Array.Resize(ref items, Count);
        return items;
    }

    private void Reserve(int more)
    {
        if (items.Length - Count < more)
        {
            Array.Resize(ref items, Math.Max(Count + more, Math.Max(16, 2 * items.Length)));
        }
    }
}
