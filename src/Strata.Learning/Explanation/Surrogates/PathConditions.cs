using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation.Surrogates;

/// <summary>What holds of a row that came to a node of a tree, a condition for each column on the way.</summary>
internal sealed class PathConditions(TreeEnsemble tree, Schema features, IReadOnlyList<(int Node, bool Left)> path)
{
    public PathConditions Then(int node, bool left) => new(tree, features, [.. path, (node, left)]);

    /// <summary>In the order in which the columns come.</summary>
    public IReadOnlyList<string> Words() => [.. path.GroupBy(step => tree.Feature[step.Node]).Select(steps => Words(features.Columns[steps.Key], [.. steps]))];

    private string Words(SchemaColumn column, (int Node, bool Left)[] steps)
    {
        bool missing = steps.All(step => tree.MissingLeft[step.Node] != 0 == step.Left);
        return $"{Known(column, steps)}{(missing ? " or missing" : string.Empty)}";
    }

    private string Known(SchemaColumn column, (int Node, bool Left)[] steps)
    {
        if (column.Levels is { } levels)
        {
            string[] left = [.. levels.Where((_, code) => steps.All(step => tree.GoesLeft(step.Node, code) == step.Left))];
            return left.Length == 1 ? $"{column.Name} = {left[0]}" : left.Length == 0 ? $"{column.Name} is none of its levels" : $"{column.Name} in {{{string.Join(", ", left)}}}";
        }

        if (column.Type == ColumnType.Boolean)
        {
            string[] values = [.. Enumerable.Range(0, 2).Where(value => steps.All(step => tree.GoesLeft(step.Node, value) == step.Left)).Select(value => value == 1 ? "true" : "false")];
            return $"{column.Name} = {string.Join(" or ", values)}";
        }

        double low = steps.Where(step => !step.Left).Select(step => tree.Threshold[step.Node]).DefaultIfEmpty(double.NegativeInfinity).Max();
        double high = steps.Where(step => step.Left).Select(step => tree.Threshold[step.Node]).DefaultIfEmpty(double.PositiveInfinity).Min();
        string Text(double value) => column.Type == ColumnType.Date
            ? DateTime.UnixEpoch.AddSeconds(Math.Clamp(value, -6e10, 2.5e11)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
        return double.IsNegativeInfinity(low) ? $"{column.Name} <= {Text(high)}" : double.IsPositiveInfinity(high) ? $"{column.Name} > {Text(low)}" : $"{Text(low)} < {column.Name} <= {Text(high)}";
    }
}
