using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>A fitted step that treats each column by a rule of its own. Columns without a rule are left out.</summary>
public sealed class ColumnwiseStep<TRule> : IFittedStep, IOnnxStep
    where TRule : class, IColumnRule
{
    public ColumnwiseStep(string name, IReadOnlyList<TRule> rules, IReadOnlyList<string> notes)
    {
        (Name, Rules, Notes) = (name, rules, notes);
        var origins = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (TRule rule in rules)
        {
            foreach (string output in rule.Outputs)
            {
                origins[output] = [rule.Column];
            }
        }

        Origins = origins;
    }

    public string Name { get; }

    /// <summary>One a column, in the order of the columns.</summary>
    public IReadOnlyList<TRule> Rules { get; }

    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; }

    public Frame Apply(Frame rows) => Apply(rows, CancellationToken.None);

    public Frame Apply(Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Apply(rows, context.Cancellation);
    }

    private Frame Apply(Frame rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Frame(Rules.SelectMany(rule =>
        {
            cancellation.ThrowIfCancellationRequested();
            return rule.Apply(rows[rule.Column], cancellation);
        }));
    }

    OnnxTable IOnnxStep.Export(OnnxTable rows)
    {
        var (columns, values, problems) = (new List<Column>(), new Dictionary<string, OnnxValue>(StringComparer.Ordinal), new List<string>());
        foreach (TRule rule in Rules)
        {
            (Column Column, OnnxValue Value)[] made = [.. Export(rule, rows.Columns[rule.Column], rows[rule.Column])];
            problems.AddRange(made.Length == rule.Outputs.Count ? [] : [$"Preparation step '{Name}' has no ONNX form for column '{rule.Column}', which is {rows.Columns[rule.Column].Type}."]);
            columns.AddRange(made.Select(one => one.Column));
            foreach ((Column column, OnnxValue value) in made)
            {
                values[column.Name] = value;
            }
        }

        DataException.ThrowIfAny(problems);
        return new OnnxTable(rows.Graph, new Frame(columns), values);
    }

    /// <summary>The columns that come of one, without rows, with their values in the graph; none where there is no way to express them.</summary>
    private static IEnumerable<(Column Column, OnnxValue Value)> Export(TRule rule, Column column, OnnxValue value)
    {
        if (column is CategoryColumn category)
        {
            return OnnxCategory.Export(rule, category, value);
        }

        Column[] outputs = [.. rule.Apply(column)];
        return rule is IOnnxRule numbers && column.IsNumeric ? outputs.Zip(numbers.Export(column, value))
            : outputs is [Column same] && ReferenceEquals(same, column) ? [(column, value)]
            : [];
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("rules", Rules);
        writer.Set("notes", Notes);
    }

    internal static ColumnwiseStep<TRule> Read(string name, ModelReader reader)
    {
        IReadOnlyList<TRule> rules = reader.Items<TRule>("rules");
        return rules.Any(rule => rule.Outputs.Contains(null!))
            ? throw new ModelFileException($"A rule of step '{name}' in the model file names a column null.")
            : new ColumnwiseStep<TRule>(name, rules, reader.Items<string>("notes"));
    }
}
