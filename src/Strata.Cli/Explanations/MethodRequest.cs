using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Explanation.Deep;

namespace Strata.Cli.Explanations;

/// <summary>What <c>strata explain</c> does by a method that is for every kind of model, as a call of the REST API.</summary>
internal static class MethodRequest
{
    private const string Route = "ml/models/MODEL_ID/explain";
    private const int UsualRows = 5;

    /// <param name="method">One that is for every kind of model.</param>
    /// <param name="table">The rows.</param>
    /// <param name="background">A table to compare with, or how many rows; null for the usual.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <param name="options">Of the methods.</param>
    /// <param name="parsed">What was given.</param>
    public static string Of(ExplainMethod method, TableSource table, string? background, ulong seed, MethodOptions options, ParseResult parsed)
    {
        bool isCount = int.TryParse(background, out int count);
        bool isSampled = method is ExplainMethod.Shap or ExplainMethod.Kernel or ExplainMethod.Permutation;
        JsonObject body = RestText.Object(
            ("method", NameOf(method, options, parsed)),
            ("dataset_id", "DATASET_ID"),
            ("count", parsed.GetValue(options.Rows) ?? (TellsSingleRows(method) ? (int?)UsualRows : null)),
            ("background_dataset_id", background is null || isCount ? null : "BACKGROUND_DATASET_ID"),
            ("background_rows", isCount && isSampled ? count : null),
            ("seed", seed == 0 ? null : seed),
            ("evaluations", method == ExplainMethod.Lime ? parsed.GetValue(options.Samples) : parsed.GetValue(options.Evaluations)));
        foreach ((string name, JsonNode? value) in Own(method, options, parsed))
        {
            body[name] = value?.DeepClone();
        }

        return string.Join('\n', [RestText.Upload(table), .. background is null || isCount ? Array.Empty<string>() : [RestText.Upload(table.At(background))], RestText.Post(Route, body, Remark(method, options, parsed))]);
    }

    private static bool TellsSingleRows(ExplainMethod method) => method is ExplainMethod.Lime or ExplainMethod.Counterfactual or ExplainMethod.Gradients or ExplainMethod.Occlusion;

    private static string NameOf(ExplainMethod method, MethodOptions options, ParseResult parsed) => method switch
    {
        ExplainMethod.Shap => options.AskToSample(parsed) ? "permutation_shap" : "shap",
        ExplainMethod.Kernel => "kernel_shap",
        ExplainMethod.Permutation => "permutation_shap",
        ExplainMethod.Interactions => "friedman_h",
        ExplainMethod.Gradients => parsed.GetValue(options.Gradient) == GradientMethod.GradientTimesInput ? "gradient_x_input" : "integrated_gradients",
        _ => ChoiceOption.Name(method),
    };

    /// <summary>The members that belong to one method.</summary>
    private static JsonObject Own(ExplainMethod method, MethodOptions options, ParseResult parsed)
    {
        string[] columns = parsed.GetValue(options.Columns) is { Length: > 0 } given ? given : [];
        string? wanted = parsed.GetValue(options.Wanted);
        (double? Low, double? High)? range = wanted is null ? null : MethodOptions.RangeOf(wanted);
        return method switch
        {
            ExplainMethod.Pdp or ExplainMethod.Ice or ExplainMethod.Ale => RestText.Object(("columns", Names(columns.Length > 0 ? columns : ["COLUMN"]))),
            ExplainMethod.Interactions => RestText.Object(("columns", Names(columns))),
            ExplainMethod.Occlusion => RestText.Object(("columns", Names(parsed.GetValue(options.Array) is string array ? [array] : []))),
            ExplainMethod.Counterfactual => RestText.Object(
                ("wanted_class", range is null ? wanted : null), ("wanted_low", range?.Low), ("wanted_high", range?.High), ("immutable", Names(parsed.GetValue(options.Immutable) ?? []))),
            ExplainMethod.Cohort => RestText.Object(("cohort", Cohort(parsed.GetValue(options.Cohort)!, parsed.GetValue(options.Positive)))),
            _ => new JsonObject(),
        };
    }

    private static JsonObject Cohort(string given, string? positive)
    {
        int at = Math.Max(0, given.LastIndexOf('='));
        string[] values = given[(at + 1)..].Split(',');
        JsonObject Group(string value) => RestText.Object(("column", given[..at]), ("value", value));
        return RestText.Object(("first", Group(values[0])), ("second", values.Length > 1 ? Group(values[1]) : null), ("positive_class", positive));
    }

    /// <summary>What of the command the call cannot say.</summary>
    private static string Remark(ExplainMethod method, MethodOptions options, ParseResult parsed)
    {
        Option[] unsaid = [options.Points, options.Terms, options.Perturbation, options.Parts, options.Window, options.Stride, options.Allow, options.Count, options.Depth, options.Steps];
        string[] given =
        [
            .. unsaid.Where(option => parsed.GetResult(option) is not null).Select(option => option.Name),
            .. parsed.GetValue(options.Output) == ExplainedOutput.RawScore ? [options.Output.Name] : Array.Empty<string>(),
            .. method == ExplainMethod.Lime && parsed.GetResult(options.Array) is not null ? [options.Array.Name] : Array.Empty<string>(),
        ];
        return (given, method == ExplainMethod.Pdp && parsed.GetValue(options.Columns) is { Length: 2 }) switch
        {
            ([], false) => "   # of a model that a run left",
            ([], true) => "   # of a model that a run left; each column by itself",
            (_, bool isPair) => $"   # of a model that a run left; the call has no {string.Join(", ", given)}{(isPair ? ", and tells each column by itself" : string.Empty)}",
        };
    }

    private static JsonArray? Names(string[] texts) => texts.Length == 0 ? null : new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
}
