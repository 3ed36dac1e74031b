using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Surrogates;

/// <summary>
/// One small tree that answers as a model does as far as it can (Craven and Shavlik 1996), to be read as rules. How far it does is measured on rows that it has not seen.
/// </summary>
/// <param name="Tree">Predicts the model's answers.</param>
/// <param name="Measure">What the fidelity is: <c>agreement</c>, the share of held rows with the same answer, or <c>r2</c> of numbers.</param>
/// <param name="Fidelity">On the held rows.</param>
/// <param name="Baseline">The same for always giving the training rows' most frequent answer, or their mean.</param>
/// <param name="TrainingRows">Rows that the tree was grown on.</param>
/// <param name="HeldRows">Rows that it was measured on.</param>
/// <param name="Rules">One a leaf, that of most rows first.</param>
public sealed record SurrogateTree(
    [property: JsonIgnore] DecisionTreeModel Tree, string Measure, double Fidelity, double Baseline, int TrainingRows, int HeldRows, IReadOnlyList<SurrogateRule> Rules)
{
    /// <summary>Grows a tree on a model's answers. Columns of text and arrays are left out.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="DataException">A column is missing or of another kind, there are too few rows or no columns, or the model answers the same for all rows.</exception>
    public static SurrogateTree Of(IModel model, Frame rows, SurrogateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new SurrogateOptions();
        options.Check();
        Frame conformed = model.Signature.Features.Conform(rows), read = new(conformed.Columns.Where(column => column.HasNumbers));
        int held = (int)Math.Round(options.HeldShare * rows.RowCount);
        if (read.ColumnCount == 0 || held < 1 || rows.RowCount - held < 2)
        {
            throw new DataException(read.ColumnCount == 0 ? "All columns are text or arrays, on which no tree can be grown." : $"There are {rows.RowCount} rows, of which {held} would be held back; expected at least two to grow a tree on and one to measure it.");
        }

        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        RandomSource.For(options.Context.Seed, "rows of the surrogate").Shuffle<int>(order);
        int[] training = [.. order.Skip(held).Order()], tested = [.. order.Take(held).Order()];
        Target answers = Answers(model, model.Predict(conformed, options.Context));
        var recipe = new DecisionTree { MaxDepth = options.MaxDepth, MinRowsPerLeaf = options.MinRowsPerLeaf, LeafSmoothing = 0 };
        var table = new TrainingTable(read.Take(training), answers.Take(training));
        DecisionTreeModel tree = recipe.Fit(table, options.Context);
        Predictions said = tree.Predict(read.Take(tested), options.Context.Threads);
        (string measure, double fidelity, double baseline) = Fidelities(table.Target, answers.Take(tested), said);
        return new SurrogateTree(tree, measure, fidelity, baseline, training.Length, held, SurrogateRule.Of(tree, table));
    }

    /// <summary>What the model says, as something to be learned.</summary>
    private static Target Answers(IModel model, Predictions said)
    {
        string name = model.Signature.Target;
        if (said.Task == LearningTask.Regression)
        {
            return new NumberTarget(name, said.Values);
        }

        string[] labels = [.. Enumerable.Range(0, said.RowCount).Select(said.Label)];
        string[] classes = [.. said.Task.IsClassification() ? said.Classes.Where(labels.Contains) : labels.Distinct().Order(StringComparer.Ordinal)];
        return classes.Length > 1
            ? new ClassTarget(name, [.. labels.Select(label => Array.IndexOf(classes, label))], classes)
            : throw new DataException($"The model answers '{classes.FirstOrDefault()}' for every row; there is nothing to follow.");
    }

    private static (string Measure, double Fidelity, double Baseline) Fidelities(Target training, Target held, Predictions said)
    {
        if (held is NumberTarget numbers)
        {
            double mean = numbers.Values.Average(), whole = numbers.Values.Sum(value => (value - mean) * (value - mean));
            double usual = ((NumberTarget)training).Values.Average();
            double Explained(Func<int, double> of) => whole > 0 ? 1 - numbers.Values.Select((value, row) => (value - of(row)) * (value - of(row))).Sum() / whole : 1;
            return ("r2", Explained(row => said.Values[row]), Explained(_ => usual));
        }

        int[] codes = ((ClassTarget)held).Codes;
        int most = ((ClassTarget)training).Codes.CountBy(code => code).MaxBy(pair => pair.Value).Key;
        return ("agreement", codes.Where((code, row) => code == said.ClassCode(row)).Count() / (double)codes.Length, codes.Count(code => code == most) / (double)codes.Length);
    }
}
