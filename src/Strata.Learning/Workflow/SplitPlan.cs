using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>How a table is split into rows to learn from, rows to stop by, and rows to test on.</summary>
public sealed record SplitPlan
{
    /// <summary>The column to predict, by which shares of classes are kept; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>The part to test on, between 0 and 1.</summary>
    public double TestSize { get; init; } = 0.2;

    /// <summary>The part that algorithms which stop early stop by; 0 for none.</summary>
    public double ValidationSize { get; init; }

    /// <summary>Whether each part has the target's classes in the same shares.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>The column whose equal values stay together.</summary>
    public string? Group { get; init; }

    /// <summary>The column that orders rows: later ones are tested on.</summary>
    public string? Time { get; init; }

    public ulong Seed { get; init; }

    /// <exception cref="DataException">The parts do not add up, or a column is not there; all problems at once.</exception>
    public void Check(IReadOnlyCollection<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var problems = new List<string>();
        foreach ((string? name, string role) in new[] { (Target, "target"), (Group, "group"), (Time, "time") })
        {
            problems.AddRange(name is not null && !columns.Contains(name) ? [$"The {role}: {DataException.NoSuchColumn(name, columns).Message}"] : []);
        }

        if (!(TestSize is > 0 and < 1))
        {
            problems.Add($"The test size is {TestSize}; it takes a part between 0 and 1, such as 0.2.");
        }

        if (!(ValidationSize is >= 0 and < 1))
        {
            problems.Add($"The validation size is {ValidationSize}; it takes 0 for none, or a part below 1.");
        }

        if (TestSize + ValidationSize >= 1)
        {
            problems.Add($"Test and validation take {TestSize} and {ValidationSize} of the rows, which leaves none to learn from.");
        }

        DataException.ThrowIfAny(problems);
    }

    /// <summary>The 0-based rows of each part, ascending. Rows without a target cannot be tested on: they stay with those to learn from.</summary>
    /// <exception cref="DataException">The table cannot be split so.</exception>
    public TableParts Of(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Check([.. table.Names]);
        int[] known = Target is null ? [.. Enumerable.Range(0, table.RowCount)] : TargetReader.RowsWithValue(table[Target]);
        TrainingTable rows = Structured(table, known);
        (RowSplit held, SplitDescription description) = RowSplits.HoldOut(rows, TestSize, Seed);
        RowSplit rest = ValidationSize > 0
            ? RowSplits.HoldOut(rows.Take(held.Train), ValidationSize / (1 - TestSize), Seed + 1).Split
            : new RowSplit([.. Enumerable.Range(0, held.Train.Length)], []);
        var labelled = known.ToHashSet();
        int[] unknown = [.. Enumerable.Range(0, table.RowCount).Where(row => !labelled.Contains(row))];
        int[] train = [.. rest.Train.Select(row => known[held.Train[row]]).Concat(unknown).Order()];
        return new TableParts(train, [.. rest.Test.Select(row => known[held.Train[row]])], [.. held.Test.Select(row => known[row])], description.Text);
    }

    private TrainingTable Structured(Frame table, int[] rows)
    {
        Column? target = Target is null ? null : table[Target];
        bool keepsShares = Stratify && target is not null && TargetReader.KindOf(target) == TargetKind.Classification;
        return new TrainingTable(
            new Frame(),
            keepsShares ? TargetReader.Read(target!.Take(rows), TargetKind.Classification) : new NoTarget(rows.Length),
            groups: Group is null ? null : RowSplits.GroupsOf(table[Group].Take(rows)),
            times: Time is null ? null : PlannedTable.Numbers(table[Time], rows, "time"));
    }
}

/// <summary>The 0-based rows of each part of a split table, and in words how it was split.</summary>
public sealed record TableParts(int[] Train, int[] Validation, int[] Test, string Text);
