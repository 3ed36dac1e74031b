namespace Strata.Learning.Neural.Tables;

/// <summary>The table's part of some rows as a network takes it.</summary>
internal sealed class EncodedTable(int count, int numberCount, int categoryCount)
{
    public int NumberCount => numberCount;

    /// <summary>[rows, numbers].</summary>
    public float[] Numbers { get; } = new float[checked(count * numberCount)];

    /// <summary>By category column, by row: rows of its table.</summary>
    public int[][] Codes { get; } = [.. Enumerable.Range(0, categoryCount).Select(_ => new int[count])];

    /// <summary>Rows of which every cell is missing.</summary>
    public bool[] Absent { get; } = [.. Enumerable.Repeat(true, count)];
}
