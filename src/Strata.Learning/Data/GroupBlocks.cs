namespace Strata.Learning.Data;

/// <summary>The rows of each group beside one another, and how many of each class the whole has: what splits by group reckon with.</summary>
internal sealed class GroupBlocks
{
    private readonly int[] codes;
    private readonly int[] groupOf;
    private readonly int[] starts;
    private readonly int[] rows;
    private readonly int[] tally;

    public GroupBlocks(int[] codes, int[] groups)
    {
        if (codes.Length != groups.Length)
        {
            throw new DataException($"There are {codes.Length} class codes but {groups.Length} group codes.");
        }

        this.codes = codes;
        groupOf = new int[groups.Length];
        var indexOf = new Dictionary<int, int>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (!indexOf.TryGetValue(groups[row], out int group))
            {
                indexOf[groups[row]] = group = indexOf.Count;
            }

            groupOf[row] = group;
        }

        (starts, rows) = SideBySide(groupOf, indexOf.Count);
        ClassTotals = new int[codes.Length == 0 ? 0 : codes.Max() + 1];
        tally = new int[ClassTotals.Length];
        foreach (int code in codes)
        {
            ClassTotals[code]++;
        }
    }

    public int Count => starts.Length - 1;

    /// <summary>The number of rows of each class.</summary>
    public int[] ClassTotals { get; }

    public int GroupOf(int row) => groupOf[row];

    public int Size(int group) => starts[group + 1] - starts[group];

    /// <summary>The sum of squared class counts: groups that are large and of one kind are placed first.</summary>
    public double Spread(int group)
    {
        double sum = 0;
        Tally(group, (_, count) => sum += (double)count * count);
        return sum;
    }

    /// <summary>How much of the group's classes a part has already: the growth of the squared shares if the group came to it, but for what is the same for every part.</summary>
    public double Crowd(int group, double[] part)
    {
        double sum = 0;
        Tally(group, (code, count) => sum += part[code] * count / ((double)ClassTotals[code] * ClassTotals[code]));
        return sum;
    }

    /// <summary>By how much the squared distance of the part's class shares from the wanted one falls when the group joins (1) or leaves (-1).</summary>
    public double GainOfMoving(int group, int direction, double[] part, double wanted)
    {
        double gain = 0;
        Tally(group, (code, count) =>
        {
            double now = part[code] / ClassTotals[code] - wanted;
            double then = now + (double)direction * count / ClassTotals[code];
            gain += now * now - then * then;
        });
        return gain;
    }

    public void Move(int group, int direction, double[] part) => Tally(group, (code, count) => part[code] += direction * count);

    private static (int[] Starts, int[] Rows) SideBySide(int[] groupOf, int groupCount)
    {
        var starts = new int[groupCount + 1];
        foreach (int group in groupOf)
        {
            starts[group + 1]++;
        }

        for (int group = 0; group < groupCount; group++)
        {
            starts[group + 1] += starts[group];
        }

        var next = starts.AsSpan(0, groupCount).ToArray();
        var rows = new int[groupOf.Length];
        for (int row = 0; row < groupOf.Length; row++)
        {
            rows[next[groupOf[row]]++] = row;
        }

        return (starts, rows);
    }

    /// <summary>Calls back for each class that the group has, with its count.</summary>
    private void Tally(int group, Action<int, int> each)
    {
        ReadOnlySpan<int> own = rows.AsSpan(starts[group]..starts[group + 1]);
        foreach (int row in own)
        {
            tally[codes[row]]++;
        }

        foreach (int row in own)
        {
            int code = codes[row];
            if (tally[code] > 0)
            {
                int count = tally[code];
                tally[code] = 0;
                each(code, count);
            }
        }
    }
}
