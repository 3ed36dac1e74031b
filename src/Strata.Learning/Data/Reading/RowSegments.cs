namespace Strata.Learning.Data.Reading;

/// <summary>Where the rows are within buffers that have room for blank lines as well.</summary>
internal sealed class RowSegments
{
    private readonly (int Start, int Count)[] segments;

    public RowSegments((int Start, int Count)[] segments)
    {
        this.segments = segments;
        Total = checked(segments.Sum(segment => segment.Count));
    }

    public int Total { get; }

    /// <summary>The values without the gaps; the same array when there are none.</summary>
    public T[] Compact<T>(T[] values)
    {
        if (values.Length == Total)
        {
            return values;
        }

        var compact = new T[Total];
        int next = 0;
        foreach ((int start, int count) in segments)
        {
            values.AsSpan(start, count).CopyTo(compact.AsSpan(next));
            next += count;
        }

        return compact;
    }
}
