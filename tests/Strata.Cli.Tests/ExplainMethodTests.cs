using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Explanations of a model that has no exact contributions.</summary>
public sealed class ExplainMethodTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Every_method_explains_a_model_without_exact_contributions_as_text_and_as_JSON()
    {
        (string model, string rows) = await Trained("k_nearest_neighbors", "kind");
        (string[] Arguments, string Text)[] methods =
        [
            (["shap", "--evaluations", "60", "--rows", "10"], "STANDARD ERROR"),
            (["kernel", "--evaluations", "60", "--rows", "10", "--background", "20"], "miss what the model says by"),
            (["permutation", "--evaluations", "60", "--rows", "10", "--output", "raw_score"], "contributions to the raw score"),
            (["lime", "--samples", "300", "--rows", "2", "--terms", "2"], "fidelity"),
            (["pdp", "--column", "petal width", "--points", "5"], "Mean over 200 rows"),
            (["pdp", "--column", "petal width", "--column", "colour", "--points", "4"], "petal width (down) and colour (across)"),
            (["ice", "--column", "colour"], "kind 10%"),
            (["ale", "--column", "petal length", "--points", "5"], "0 on average"),
            (["interactions", "--column", "petal length", "--column", "petal width"], "STRENGTH"),
            (["counterfactual", "--rows", "1", "--immutable", "garden", "--evaluations", "400", "--allow", "petal width=-3..3"], "Row 1: kind"),
            (["surrogate", "--depth", "2"], "rules has a fidelity (agreement)"),
            (["cohort", "--cohort", "colour=red,blue"], "demographic_parity_difference"),
        ];
        foreach ((string[] arguments, string text) in methods)
        {
            string[] command = ["explain", model, rows, "--method", .. arguments];

            CommandLine.Outcome told = await line.Run(command), json = await line.Run([.. command, "--json", "--out", line.PathOf("told")]);

            told.ExitCode.ShouldBe(0, $"{string.Join(' ', arguments)}: {told.Error}");
            told.Output.ShouldContain(text, customMessage: string.Join(' ', arguments));
            json.ExitCode.ShouldBe(0, json.Error);
            json.Json["method"]!.GetValue<string>().ShouldBe(arguments[0]);
            json.Json["explanation"].ShouldNotBeNull();
            File.ReadAllText(line.PathOf("told")).Length.ShouldBeGreaterThan(20);
        }
    }

    [Fact]
    public async Task Contributions_by_sampling_sum_to_the_probability_and_name_the_column_that_counts()
    {
        (string model, string rows) = await Trained("gaussian_naive_bayes", "kind");

        JsonNode told = (await line.Run("explain", model, rows, "--method", "kernel", "--rows", "20", "--background", "10", "--evaluations", "20000", "--json")).Json["explanation"]!;

        told["explained"]!.GetValue<string>().ShouldBe("prediction");
        told["additivity_error"]!.GetValue<double>().ShouldBeLessThan(1e-9);
        told["standard_errors"].ShouldBeNull("30 coalitions and 10 background rows fit");
        string[] columns = [.. told["columns"]!.AsArray().Select(name => name!.GetValue<string>())];
        double[] values = [.. told["values"]!.AsArray().Select(value => value!.GetValue<double>())];
        double Size(string column) => Enumerable.Range(0, 20).Sum(row => Math.Abs(values[row * columns.Length + Array.IndexOf(columns, column)]));
        Size("petal width").ShouldBeGreaterThan(Size("garden"));
    }

    [Fact]
    public async Task A_number_is_moved_into_its_range_and_a_network_has_gradients()
    {
        (string model, string rows) = await Trained("mlp", "height", "--set", "epochs=5");

        CommandLine.Outcome moved = await line.Run("explain", model, rows, "--method", "counterfactual", "--rows", "2", "--wanted", "12..", "--evaluations", "500");
        CommandLine.Outcome gradients = await line.Run("explain", model, rows, "--method", "gradients", "--rows", "1");

        moved.ExitCode.ShouldBe(0, moved.Error);
        gradients.Output.ShouldContain("completeness error");
        (await line.Run("explain", model, rows, "--method", "counterfactual", "--wanted", "tall")).Error.ShouldContain("expected a range such as 5..");
        (await line.Run("explain", model, rows, "--method", "occlusion")).Error.ShouldContain("no column of arrays");
    }

    [Fact]
    public async Task Options_of_other_methods_are_refused()
    {
        CommandLine.Outcome refused = await line.Run("explain", "m.strata", "t.csv", "--method", "lime", "--depth", "3", "--evaluations", "10");

        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("--depth goes with --method surrogate.");
        refused.Error.ShouldContain("--evaluations goes with --method kernel or permutation or counterfactual.");
        (await line.Run("explain", "m.strata", "t.csv", "--method", "cohort")).Error.ShouldContain("needs --cohort");
        (await line.Run("explain", "m.strata", "t.csv", "--method", "path", "--output", "prediction", "--out", "o.csv")).Error.ShouldContain("explain the raw score");
    }

    private async Task<(string Model, string Rows)> Trained(string algorithm, string target, params string[] further)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200)), model = line.PathOf("m.strata");
        CommandLine.Outcome trained = await line.Run(["train", table, "--target", target, "--algorithm", algorithm, "--out", model, .. further]);
        trained.ExitCode.ShouldBe(0, trained.Error);
        return (model, table);
    }
}
