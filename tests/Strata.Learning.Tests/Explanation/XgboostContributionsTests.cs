using System.Text.Json;
using Shouldly;
using Strata.Learning.Explanation;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class XgboostContributionsTests
{
    private static readonly Case[] Cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Explanation", "Fixtures", "xgboost_contributions.json")), ModelFileJson.Options)!;

    public static TheoryData<string> Names => [.. Cases.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Contributions_equal_what_xgboost_says_of_the_same_trees(string name)
    {
        Case fixture = Cases.Single(each => each.Name == name);
        int outputs = fixture.Bias.Length, features = fixture.Rows[0].Length;
        var shap = new TreeShap(fixture.Ensemble());

        double[] values = shap.Contributions([.. Enumerable.Range(0, features).Select(j => fixture.Rows.Select(row => row[j]).ToArray())], fixture.Rows.Length);

        for (int output = 0; output < outputs; output++)
        {
            shap.Bias[output].ShouldBe(fixture.Bias[output], 2e-6);
            for (int row = 0; row < fixture.Rows.Length; row++)
            {
                for (int feature = 0; feature < features; feature++)
                {
                    values[(row * outputs + output) * features + feature].ShouldBe(fixture.Contributions[row][output][feature], 2e-6);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Interactions_equal_what_xgboost_says_of_the_same_trees(string name)
    {
        Case fixture = Cases.Single(each => each.Name == name);
        int outputs = fixture.Bias.Length, features = fixture.Rows[0].Length, rows = fixture.Interactions.Length;

        double[] values = new TreeShap(fixture.Ensemble()).Interactions(
            [.. Enumerable.Range(0, features).Select(j => fixture.Rows.Select(row => row[j]).ToArray())], rows, new FitContext());

        values.ShouldBe(fixture.Interactions.SelectMany(row => row).SelectMany(matrix => matrix).SelectMany(line => line), 1e-5);
        values.Where((_, at) => at / features % features != at % features).Max(Math.Abs).ShouldBeGreaterThan(0.05);
        values.Length.ShouldBe(rows * outputs * features * features);
    }

    /// <summary>See make_xgboost_contributions.py beside the fixture; contributions are [rows][outputs][features], interactions [rows][outputs][features][features].</summary>
    private sealed record Case(string Name, Tree[] Trees, int[] Outputs, double[][] Rows, double[][][] Contributions, double[][][][] Interactions, double[] Bias, double Base)
    {
        public TreeEnsemble Ensemble()
        {
            var builder = new TreeEnsembleBuilder(Rows[0].Length, [.. Bias.Select(_ => Base)]);
            for (int tree = 0; tree < Trees.Length; tree++)
            {
                Trees[tree].AddTo(builder);
                builder.EndTree(Outputs[tree]);
            }

            return builder.Build();
        }
    }

    private sealed record Tree(int[] Feature, double[] Threshold, int[] Left, int[] Right, int[] MissingLeft, double[] Value, double[] Cover)
    {
        public void AddTo(TreeEnsembleBuilder builder)
        {
            int first = builder.NodeCount;
            for (int node = 0; node < Feature.Length; node++)
            {
                builder.AddLeaf([Value[node]], Cover[node], 0);
            }

            for (int node = 0; node < Feature.Length; node++)
            {
                if (Left[node] >= 0)
                {
                    builder.Split(first + node, Feature[node], Threshold[node], MissingLeft[node] == 1, first + Left[node], first + Right[node]);
                }
            }
        }
    }
}
