using System.CommandLine;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Explanation.Effects;
using Strata.Learning.Explanation.Local;
using Strata.Learning.Explanation.Surrogates;
using static Strata.Cli.CSharpText;

namespace Strata.Cli.Explanations;

/// <summary>What <c>strata explain</c> does by a method that is for every kind of model, as C# and REST.</summary>
internal static class MethodExplanation
{
    public static CommandExplanation Of(ExplainMethod method, string model, TableSource table, string? background, ulong seed, MethodOptions options, ParseResult parsed) => CommandExplanation.Of(
        [
            $"IModel model = ModelFile.Load({Text(model)}).Model;",
            $"Frame rows = {table.CSharp};",
            .. Calls(method, options, parsed),
        ],
        MethodRequest.Of(method, table, background, seed, options, parsed));

    private static string[] Calls(ExplainMethod method, MethodOptions options, ParseResult parsed)
    {
        string? Int(Option<int?> option) => parsed.GetValue(option) is int given ? Whole(given) : null;
        string? output = Member(parsed.GetValue(options.Output));
        string[] columns = parsed.GetValue(options.Columns) is { Length: > 0 } given ? given : ["COLUMN"];
        string effects = New(nameof(EffectOptions), ("Points", Int(options.Points)), ("Output", output));
        return method switch
        {
            ExplainMethod.Shap or ExplainMethod.Kernel or ExplainMethod.Permutation =>
            [
                $"Contributions reasons = Explainer.Explain(model, rows, {New(nameof(ExplanationOptions), ("Method", Member<ExplanationMethod>(method switch { ExplainMethod.Kernel => ExplanationMethod.Kernel, ExplainMethod.Permutation => ExplanationMethod.Permutation, _ => ExplanationMethod.Auto })), ("Evaluations", Int(options.Evaluations)), ("Output", output))});",
            ],
            ExplainMethod.Lime =>
            [
                $"IReadOnlyList<LimeExplanation> reasons = Lime.Explain(model, rows, {New(nameof(LimeOptions), ("Samples", Int(options.Samples)), ("MostTerms", Int(options.Terms)), ("Perturbation", Member(parsed.GetValue(options.Perturbation))), ("ArrayColumn", Text(parsed.GetValue(options.Array), null)), ("Parts", Int(options.Parts)), ("Output", output))});",
            ],
            ExplainMethod.Pdp when columns is [string first, string second] => [$"PairDependence effect = PairDependence.Of(model, rows, {Text(first)}, {Text(second)}, {effects});"],
            ExplainMethod.Pdp or ExplainMethod.Ice => [$"PartialDependence effect = PartialDependence.Of(model, rows, {Text(columns[0])}, {effects}{Further(method == ExplainMethod.Ice ? "individual: true" : null)});"],
            ExplainMethod.Ale => [$"AccumulatedEffects effect = AccumulatedEffects.Of(model, rows, {Text(columns[0])}, {effects});"],
            ExplainMethod.Interactions => ["IReadOnlyList<FriedmanH> pairs = FriedmanH.Of(model, rows);"],
            ExplainMethod.Counterfactual => [$"var answers = CounterfactualSearch.Of(model, rows, {Counterfactuals(options, parsed)});"],
            ExplainMethod.Surrogate => [$"SurrogateTree tree = SurrogateTree.Of(model, rows, {New(nameof(SurrogateOptions), ("MaxDepth", Int(options.Depth)))});"],
            ExplainMethod.Gradients => [$"var attributions = DeepAttributions.Of(model, rows, {New(nameof(DeepOptions), ("Method", Member(parsed.GetValue(options.Gradient))), ("Steps", Int(options.Steps)))});"],
            ExplainMethod.Occlusion => [$"IReadOnlyList<Occlusion> hidden = Occlusion.Of(model, rows, {New(nameof(OcclusionOptions), ("ArrayColumn", Text(parsed.GetValue(options.Array), null)), ("Window", Int(options.Window)), ("Stride", Int(options.Stride)))});"],
            _ => Cohorts(parsed.GetValue(options.Cohort) ?? "COLUMN=A,B"),
        };
    }

    private static string Counterfactuals(MethodOptions options, ParseResult parsed) => New(
        nameof(CounterfactualOptions),
        ("WantedClass", parsed.GetValue(options.Wanted) is string wanted && MethodOptions.RangeOf(wanted) is null ? Text(wanted) : null),
        ("WantedLow", parsed.GetValue(options.Wanted) is string low && MethodOptions.RangeOf(low)?.Low is double from ? Number(from) : null),
        ("WantedHigh", parsed.GetValue(options.Wanted) is string high && MethodOptions.RangeOf(high)?.High is double to ? Number(to) : null),
        ("Immutable", List(parsed.GetValue(options.Immutable) ?? [])),
        ("Count", parsed.GetValue(options.Count) is int count ? Whole(count) : null));

    private static string[] Cohorts(string given)
    {
        string column = given[..Math.Max(0, given.LastIndexOf('='))];
        string[] values = given[(given.LastIndexOf('=') + 1)..].Split(',');
        string Rows(string condition) => $"rows.Take([.. Enumerable.Range(0, rows.RowCount).Where(row => rows[{Text(column)}].TextAt(row) {condition})])";
        string other = values.Length > 1 ? $"new Cohort({Text(values[1])}, {Rows($"== {Text(values[1])}")})" : $"new Cohort({Text($"not {values[0]}")}, {Rows($"!= {Text(values[0])}")})";
        return [$"CohortComparison comparison = CohortComparison.Of(model, new Cohort({Text(values[0])}, {Rows($"== {Text(values[0])}")}), {other});"];
    }
}
