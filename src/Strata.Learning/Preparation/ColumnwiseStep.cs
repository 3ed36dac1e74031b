using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>A fitted step that treats each column by a rule of its own. Columns without a rule are left out.</summary>
public sealed class ColumnwiseStep<TRule> : IFittedStep
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
