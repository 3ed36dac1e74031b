using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;

namespace Strata.Learning.Workflow;

/// <summary>A table seen through a plan: the rows that have a target, the features the plan allows, weights and structure.</summary>
/// <param name="Table">What the recipe may learn from.</param>
/// <param name="RowNumbers">For each row of <paramref name="Table"/>, its 0-based index in the table that was given.</param>
/// <param name="Notes">What was left out, one sentence each.</param>
public sealed record PlannedTable(TrainingTable Table, int[] RowNumbers, IReadOnlyList<string> Notes)
{
    /// <summary>Which rows are outliers, where there is no target and a column tells.</summary>
    public KnownOutliers? Known { get; init; }

    /// <summary>The declared groups' names by the table's codes; null where no group is declared.</summary>
    public IReadOnlyList<string>? GroupNames { get; init; }

    /// <summary>Judges what a model predicted of these rows.</summary>
    /// <param name="predictions">One a row.</param>
    /// <param name="model">What predicted.</param>
    /// <param name="metrics">Names of metrics beside the usual ones, such as <c>f_beta:2</c>; null for none.</param>
    /// <exception cref="DataException">There is no such metric for the task.</exception>
    public Evaluation Judge(Predictions predictions, IModel model, IReadOnlyList<string>? metrics = null) => Table.Target.Task switch
    {
        LearningTask.OutlierDetection => OutlierEvaluation.Of(predictions, Known?.Target, Known?.Rows, Table.Weights),
        LearningTask.Clustering => ClusterEvaluation.Of(predictions, model is PipelineModel pipeline ? pipeline.Prepare(Table.Features) : Table.Features),
        _ => Evaluation.Of(predictions, Table.Target, Table.Weights, Table.Groups, FurtherMetrics(metrics ?? []), GroupNames),
    };

    /// <summary>Some of its rows.</summary>
    internal PlannedTable Take(int[] rows) => this with { Table = Table.Take(rows), RowNumbers = [.. rows.Select(row => RowNumbers[row])] };

    /// <summary>The metrics of these names, for this table's task.</summary>
    /// <exception cref="DataException">There is no such metric for the task; all problems at once.</exception>
    internal Metric[] FurtherMetrics(IReadOnlyList<string> names)
    {
        var (metrics, problems) = (new List<Metric>(), new List<string>());
        foreach (string name in names)
        {
            try
            {
                metrics.Add(Metric.Named(name, Table.Target.Task));
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        DataException.ThrowIfAny(problems);
        return [.. metrics];
    }

    /// <summary>Some of the rows; notes are those of all.</summary>
    internal PlannedTable At(int[] rows) => new(Table.Take(rows), [.. rows.Select(row => RowNumbers[row])], []) { GroupNames = GroupNames };

    /// <exception cref="DataException">The plan does not fit the table; all problems at once.</exception>
    public static PlannedTable Of(TrainingPlan plan, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(frame);
        Check(plan, frame);
        if (plan.Target is null || !Algorithms.NeedsTarget(plan.Algorithm))
        {
            return WithoutTarget(plan, frame);
        }

        Column targetColumn = frame[plan.Target];
        int[] rows = TargetReader.RowsWithValue(targetColumn);
        var notes = new List<string>();
        if (rows.Length < frame.RowCount)
        {
            notes.Add($"{frame.RowCount - rows.Length} of {frame.RowCount} rows have no '{plan.Target}' and were left out.");
        }

        TargetKind kind = plan.Task ?? TargetReader.KindOf(targetColumn);
        Target target = TargetReader.Read(rows.Length == frame.RowCount ? targetColumn : targetColumn.Take(rows), kind, plan.PositiveClass);
        return new PlannedTable(Structured(plan, frame, rows, target, out IReadOnlyList<string>? groupNames), rows, notes) { GroupNames = groupNames };
    }

    /// <summary>All rows, for an algorithm that learns without a target.</summary>
    private static PlannedTable WithoutTarget(TrainingPlan plan, Frame frame)
    {
        int[] rows = [.. Enumerable.Range(0, frame.RowCount)];
        var notes = new List<string>();
        LearningTask task = Algorithms.Named(plan.Algorithm).Tasks.FirstOrDefault(task => !task.HasTarget(), LearningTask.OutlierDetection);
        KnownOutliers? known = plan.Target is null || task == LearningTask.Clustering ? null : KnownOutliers.Read(frame[plan.Target], plan.PositiveClass, notes);
        return new PlannedTable(Structured(plan, frame, rows, new NoTarget(rows.Length, task), out IReadOnlyList<string>? groupNames), rows, notes) { Known = known, GroupNames = groupNames };
    }

    private static TrainingTable Structured(TrainingPlan plan, Frame frame, int[] rows, Target target, out IReadOnlyList<string>? groupNames)
    {
        groupNames = null;
        string[] left = [.. new[] { plan.Target, plan.Group, plan.Time, plan.Weight }.OfType<string>(), .. plan.Drop];
        Frame features = frame.Drop(left.Distinct(StringComparer.Ordinal));
        if (features.ColumnCount == 0)
        {
            throw new DataException("No column is left to learn from: every one is the target, a structure column, or dropped.");
        }

        return new TrainingTable(
            rows.Length == frame.RowCount ? features : features.Take(rows),
            target,
            plan.Weight is null ? null : Numbers(frame[plan.Weight], rows, "weight"),
            plan.Group is null ? null : RowSplits.GroupsOf(frame[plan.Group].Take(rows), out groupNames),
            plan.Time is null ? null : Numbers(frame[plan.Time], rows, "time"));
    }

    /// <summary>The same view of a further table: the target's classes are those already known.</summary>
    public static PlannedTable Like(TrainingPlan plan, Frame frame, ModelSignature signature)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(signature);
        (Frame features, IReadOnlyList<string> notes) = signature.Features.ConformWithNotes(frame);
        if (!signature.Task.HasTarget())
        {
            List<string> more = [.. notes];
            KnownOutliers? known = signature.Task == LearningTask.OutlierDetection && plan.Target is string name && frame.Contains(name) ? KnownOutliers.Read(frame[name], plan.PositiveClass, more) : null;
            return new PlannedTable(new TrainingTable(features, new NoTarget(frame.RowCount, signature.Task)), [.. Enumerable.Range(0, frame.RowCount)], more) { Known = known };
        }

        Column targetColumn = frame[plan.Target ?? signature.Target];
        int[] rows = TargetReader.RowsWithValue(targetColumn);
        Target target = TargetReader.Read(targetColumn.Take(rows), signature);
        double[]? weights = plan.Weight is string weight && frame.Contains(weight) ? Numbers(frame[weight], rows, "weight") : null;
        IReadOnlyList<string>? groupNames = null;
        int[]? groups = plan.Group is string group && frame.Contains(group) ? RowSplits.GroupsOf(frame[group].Take(rows), out groupNames) : null;
        return new PlannedTable(new TrainingTable(features.Take(rows), target, weights, groups), rows, notes) { GroupNames = groupNames };
    }

    /// <summary>Checks names, roles and numbers without looking at any value.</summary>
    /// <exception cref="DataException">The plan does not fit; all problems at once.</exception>
    public static void Check(TrainingPlan plan, Frame frame)
    {
        var problems = new List<string>();
        if (plan.Target is null && Algorithms.All.FirstOrDefault(known => known.Name == plan.Algorithm) is { NeedsTarget: true } algorithm)
        {
            string[] others = [.. Algorithms.All.Where(known => !known.NeedsTarget).Select(known => known.Name)];
            problems.Add($"{algorithm.Title} learns to predict a column: name the target. Without one there is: {string.Join(", ", others)}.");
        }

        foreach ((string? name, string role) in new[] { (plan.Target, "target"), (plan.Group, "group"), (plan.Time, "time"), (plan.Weight, "weight") })
        {
            if (name is not null && !frame.Contains(name))
            {
                problems.Add($"The {role}: {DataException.NoSuchColumn(name, frame.Names).Message}");
            }
        }

        problems.AddRange(plan.Drop.Where(name => !frame.Contains(name)).Select(name => $"To drop: {DataException.NoSuchColumn(name, frame.Names).Message}"));
        problems.AddRange(new[] { plan.Group, plan.Time, plan.Weight }.Where(name => name is not null && name == plan.Target).Select(name => $"'{name}' is the target and cannot have another role."));
        if (!(plan.TestSize is >= 0 and < 1))
        {
            problems.Add($"The test size is {plan.TestSize}; it takes a part between 0 and 1, such as 0.2, or 0 to learn from all rows.");
        }

        problems.AddRange(Finished.ProblemsOf(plan.DecisionMetric, plan.Costs, plan.Intervals));
        DataException.ThrowIfAny(problems);
    }

    internal static double[] Numbers(Column column, int[] rows, string role)
    {
        if (!column.IsNumeric)
        {
            throw new DataException($"The {role} column '{column.Name}' is {column.Type}; it takes numbers{(role == "time" ? " or dates" : string.Empty)}.");
        }

        var numbers = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            numbers[i] = column.NumberAt(rows[i]);
            if (double.IsNaN(numbers[i]))
            {
                throw new DataException($"The {role} column '{column.Name}' is missing in row {rows[i] + 1}.");
            }
        }

        return numbers;
    }
}
