using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Workflow;

/// <summary>A table between two steps of its derivation: the features, the target beside them, and which rows are left.</summary>
internal sealed class TableInTheMaking
{
    private readonly FitContext context;
    private readonly Column? target;
    private readonly int targetPlace;
    private readonly List<DerivedStep> steps = [];
    private Frame features;

    /// <exception cref="DataException">There is no such target.</exception>
    public TableInTheMaking(Frame table, string? target, FitContext context)
    {
        this.context = context;
        this.target = target is null ? null : table[target];
        targetPlace = table.Names.TakeWhile(name => name != target).Count();
        features = target is null ? table : table.Drop([target]);
        Rows = [.. Enumerable.Range(0, table.RowCount)];
    }

    /// <summary>For each row that is left, its 0-based number in the first table.</summary>
    public int[] Rows { get; private set; }

    public IReadOnlyList<DerivedStep> Steps => steps;

    /// <summary>The rows that are left, the target where it was, or behind the features when some before it are gone.</summary>
    public Frame Table
    {
        get
        {
            if (target is null)
            {
                return features;
            }

            List<Column> columns = [.. features.Columns];
            columns.Insert(Math.Min(targetPlace, columns.Count), Target!);
            return new Frame(columns);
        }
    }

    private Column? Target => target is null || Rows.Length == target.Count ? target : target.Take(Rows);

    private int ColumnCount => features.ColumnCount + (target is null ? 0 : 1);

    /// <exception cref="DataException">The step and the table do not fit, or nothing would be left.</exception>
    public void Take(StepPlan plan, IStep step)
    {
        if (!step.AppliesTo(features))
        {
            return;
        }

        (Frame before, int rowsBefore, int columnsBefore) = (features, Rows.Length, ColumnCount);
        bool isAimed = TableDerivation.LooksAtTarget(step.Name);
        var done = new DerivedStep(plan.Step, plan.Settings) { FittedRows = rowsBefore, RowsBefore = rowsBefore, RowsAfter = rowsBefore, ColumnsBefore = columnsBefore, ColumnsAfter = columnsBefore };
        done = isAimed ? Choose(step, done) : Prepare(step, done);
        if (features.ColumnCount == 0)
        {
            throw new DataException($"Step '{step.Name}' leaves no column. {string.Join(" ", done.Notes)}".TrimEnd());
        }

        steps.Add(done with
        {
            RowsAfter = Rows.Length,
            ColumnsAfter = ColumnCount,
            Filled = rowsBefore == Rows.Length ? Filled(before, features) : done.Filled,
            Dropped = [.. before.Names.Where(name => !features.Contains(name))],
        });
    }

    /// <summary>A step that knows no target. The rows' numbers stand as their times: they say which rows are left, and in which order they come.</summary>
    private DerivedStep Prepare(IStep step, DerivedStep done)
    {
        var table = new TrainingTable(features, new NoTarget(features.RowCount), times: [.. Rows.Select(row => (double)row)]);
        done = step is Outliers outliers ? done with { Outliers = outliers.Count(table, context) } : done;
        (IFittedStep fitted, TrainingTable prepared) = step.FitTransform(table, context);
        Rows = [.. prepared.Times!.Select(row => (int)row)];
        features = prepared.Features;
        return done with { Notes = [.. fitted.Notes.Select(OfAllRows)] };
    }

    /// <summary>A step that chooses columns by what they have to do with the target.</summary>
    private DerivedStep Choose(IStep step, DerivedStep done)
    {
        Column aim = Target!;
        int[] known = TargetReader.RowsWithValue(aim);
        Target read = TargetReader.Read(aim.Take(known), TargetReader.KindOf(aim));
        var table = new TrainingTable(known.Length == aim.Count ? features : features.Take(known), read);
        (IFittedStep fitted, IReadOnlyDictionary<string, double?> scores) = ((IScoringStep)step).FitScored(table, context);
        features = fitted.Apply(features, context);
        return done with { Target = aim.Name, FittedRows = known.Length, Scores = scores, Notes = [.. fitted.Notes.Select(OfAllRows)] };
    }

    /// <summary>Steps speak of the rows that they learn from as training rows; here these are all rows.</summary>
    private static string OfAllRows(string note) => note.Replace(" training row", " row", StringComparison.Ordinal);

    private static Dictionary<string, int> Filled(Frame before, Frame after)
    {
        var filled = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Column column in before.Columns.Where(column => column.MissingCount > 0))
        {
            if (after.TryGet(column.Name) is Column now && column.MissingCount - now.MissingCount is > 0 and int count)
            {
                filled[column.Name] = count;
            }
        }

        return filled;
    }
}
