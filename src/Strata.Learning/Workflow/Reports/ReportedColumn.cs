using Strata.Learning.Data;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What a column is to a training.</summary>
public enum ColumnRole
{
    /// <summary>What is learned from.</summary>
    Feature,

    /// <summary>What is predicted.</summary>
    Target,

    /// <summary>Whose equal values stay together.</summary>
    Group,

    /// <summary>What orders rows.</summary>
    Time,

    /// <summary>How much a row counts.</summary>
    Weight,

    /// <summary>What the model must not see.</summary>
    Dropped,
}

/// <summary>One column in a line: its type, its part in the training and its range.</summary>
public sealed record ReportedColumn
{
    public required string Name { get; init; }

    public required ColumnType Type { get; init; }

    public required ColumnRole Role { get; init; }

    public required int Missing { get; init; }

    /// <summary>Of numbers; null for others and where there are none.</summary>
    public double? Min { get; init; }

    public double? Mean { get; init; }

    public double? Max { get; init; }

    /// <summary>How many levels a category has; null for others.</summary>
    public int? Levels { get; init; }

    internal static ReportedColumn Of(Column column, TrainingPlan plan)
    {
        var reported = new ReportedColumn { Name = column.Name, Type = column.Type, Role = RoleOf(column.Name, plan), Missing = column.MissingCount, Levels = (column as CategoryColumn)?.Levels.Count };
        return column.IsNumeric && column.Type != ColumnType.Date ? WithRange(reported, column) : reported;
    }

    private static ColumnRole RoleOf(string name, TrainingPlan plan) =>
        name == plan.Target ? ColumnRole.Target
        : name == plan.Group ? ColumnRole.Group
        : name == plan.Time ? ColumnRole.Time
        : name == plan.Weight ? ColumnRole.Weight
        : plan.Drop.Contains(name) ? ColumnRole.Dropped
        : ColumnRole.Feature;

    private static ReportedColumn WithRange(ReportedColumn reported, Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0;
        int count = 0;
        foreach (double number in numbers)
        {
            if (double.IsFinite(number))
            {
                (min, max, sum, count) = (Math.Min(min, number), Math.Max(max, number), sum + number, count + 1);
            }
        }

        return count == 0 ? reported : reported with { Min = min, Mean = sum / count, Max = max };
    }
}
