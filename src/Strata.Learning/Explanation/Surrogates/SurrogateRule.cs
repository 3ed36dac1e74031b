using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation.Surrogates;

/// <summary>One leaf of a tree in words.</summary>
/// <param name="Conditions">All of them hold of a row of this leaf; none where the tree has one leaf.</param>
/// <param name="Answer">The most frequent class among its training rows, or their mean.</param>
/// <param name="Purity">The share of its training rows with that class; of numbers their standard deviation.</param>
/// <param name="RowCount">Training rows in it.</param>
public sealed record SurrogateRule(IReadOnlyList<string> Conditions, string Answer, double Purity, int RowCount)
{
    public override string ToString() => $"{(Conditions.Count == 0 ? "always" : $"if {string.Join(" and ", Conditions)}")}: {Answer}";

    internal static IReadOnlyList<SurrogateRule> Of(DecisionTreeModel model, TrainingTable table)
    {
        TreeEnsemble tree = model.Trees;
        double[][] numbers = FrameNumbers.Of(model.Signature.Features.Conform(table.Features));
        ILookup<int, int> rowsOf = Enumerable.Range(0, table.RowCount).ToLookup(row => tree.LeafOf(0, [.. numbers.Select(column => column[row])]));
        var rules = new List<SurrogateRule>();
        void Walk(int node, PathConditions path)
        {
            if (tree.IsLeaf(node))
            {
                int[] rows = [.. rowsOf[node]];
                (string answer, double purity) = AnswerOf(table.Target, rows);
                rules.Add(new SurrogateRule(path.Words(), answer, purity, rows.Length));
                return;
            }

            Walk(tree.Left[node], path.Then(node, left: true));
            Walk(tree.Right[node], path.Then(node, left: false));
        }

        Walk(tree.TreeStart[0], new PathConditions(tree, model.Signature.Features, []));
        return [.. rules.OrderByDescending(rule => rule.RowCount)];
    }

    private static (string Answer, double Purity) AnswerOf(Target target, int[] rows)
    {
        if (rows.Length == 0)
        {
            return ("no rows", 0);
        }

        if (target is NumberTarget numbers)
        {
            double mean = rows.Average(row => numbers.Values[row]);
            return (mean.ToString("G6", CultureInfo.InvariantCulture), Math.Sqrt(rows.Average(row => Math.Pow(numbers.Values[row] - mean, 2))));
        }

        var classes = (ClassTarget)target;
        KeyValuePair<int, int> most = rows.CountBy(row => classes.Codes[row]).MaxBy(pair => pair.Value);
        return (classes.Classes[most.Key], (double)most.Value / rows.Length);
    }
}
