using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Data.Reading;
using Strata.Learning.Ensembles;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Cohorts;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Explanation.Effects;
using Strata.Learning.Explanation.Local;
using Strata.Learning.Explanation.Surrogates;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Pretraining;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Onnx;
using Strata.Learning.Search;
using Strata.Learning.Trees.Exchange;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Plots;
using Strata.Learning.Workflow.Reports;
using Strata.Solutions;
using Strata.Solutions.Omics;

namespace Strata.Cli;

/// <summary>Values as C# source, and the namespaces that a program of it names.</summary>
internal static class CSharpText
{
    /// <summary>Every type that an explanation may name.</summary>
    private static readonly Type[] Types =
    [
        typeof(Frame), typeof(FrameCsv), typeof(WholeFile), typeof(TableFile), typeof(TableProfile), typeof(FitContext), typeof(IModel), typeof(Predictions), typeof(Contributions), typeof(Interactions),
        typeof(TrainingPlan), typeof(TrainingOutcome), typeof(Training), typeof(TargetKind), typeof(TimeLimit), typeof(TuningPlan), typeof(TuningOutcome), typeof(Tuning), typeof(PruneBy), typeof(ComparisonPlan),
        typeof(AlgorithmComparison), typeof(CurvePlan), typeof(CurveKind), typeof(AlgorithmCurve), typeof(PlannedTable), typeof(PredictionTable), typeof(SetAsideColumns), typeof(ContributionTable), typeof(InteractionTable), typeof(ModelFile),
        typeof(ModelCard), typeof(StepPlan), typeof(SearchMethod), typeof(PruningMethod), typeof(CalibrationMethod), typeof(RegionMethod), typeof(LeakAudit), typeof(LeakFinding), typeof(Evaluation), typeof(Plot),
        typeof(Explainer), typeof(ExplanationOptions), typeof(ExplanationMethod), typeof(Importance), typeof(ImportanceKind), typeof(ColumnImportance), typeof(PermutationImportance), typeof(ModelImport), typeof(ImportOptions),
        typeof(ImportedModel), typeof(ModelExport), typeof(ExportedModel), typeof(TreeModelFormat), typeof(PlannedTraining), typeof(Solution), typeof(JsonNode),
        typeof(InitialWeights), typeof(NetworkWeights), typeof(Safetensors), typeof(NetworkRecipe), typeof(MaskedReconstruction), typeof(PretrainedWeights), typeof(Algorithms),
        typeof(Lime), typeof(LimeOptions), typeof(LimePerturbation), typeof(LimeExplanation), typeof(EffectOptions), typeof(PartialDependence), typeof(PairDependence), typeof(AccumulatedEffects), typeof(FriedmanH),
        typeof(CounterfactualSearch), typeof(CounterfactualOptions), typeof(SurrogateTree), typeof(SurrogateOptions), typeof(DeepAttributions), typeof(DeepOptions), typeof(Occlusion), typeof(OcclusionOptions), typeof(CohortComparison),
        typeof(CohortOptions), typeof(FittedMember), typeof(EnsembleOfModels), typeof(EnsembleOutcome), typeof(HeldBackRows), typeof(LearningRates), typeof(LearningRateCurve), typeof(ModelStatements), typeof(RunReport), typeof(ReportFacts), typeof(OnnxExport), typeof(OnnxOptions), typeof(OnnxFile), typeof(ParityCertificate),
        typeof(JoinedBlocks), typeof(BlockFile),
    ];

    /// <summary>A program's lines with the namespaces of the types it names before them.</summary>
    public static string WithUsings(string body)
    {
        HashSet<string> words = [.. Words(body)];
        IEnumerable<string> namespaces = Types.Where(type => words.Contains(type.Name)).Select(type => type.Namespace!).Distinct().Order(StringComparer.Ordinal);
        return string.Join('\n', [.. namespaces.Select(name => $"using {name};"), string.Empty, body]);
    }

    /// <summary>A string literal.</summary>
    public static string Text(string value) => JsonSerializer.Serialize(value, ModelFileJson.Options);

    public static string? Text(string? value, string? usual) => value is null || value == usual ? null : Text(value);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Whole<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    public static string? List(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null : $"[{string.Join(", ", texts.Select(Text))}]";

    public static string? Seconds(TimeSpan? time) => time is TimeSpan given ? $"TimeSpan.FromSeconds({Number(given.TotalSeconds)})" : null;

    public static string? Member<T>(T? value)
        where T : struct, Enum => value is T given ? $"{typeof(T).Name}.{given}" : null;

    /// <summary>An enumeration's member, or null where it is the usual one.</summary>
    public static string? Member<T>(T value, T usual)
        where T : struct, Enum => value.Equals(usual) ? null : Member<T>(value);

    /// <summary>A new object with the members that have a value.</summary>
    public static string New(string type, params (string Name, string? Value)[] members)
    {
        string[] given = [.. members.Where(member => member.Value is not null).Select(member => $"{member.Name} = {member.Value}")];
        return given.Length == 0 ? $"new {type}()" : $"new {type} {{ {string.Join(", ", given)} }}";
    }

    /// <summary>The arguments that are given, after others.</summary>
    public static string Further(params string?[] arguments) => string.Concat(arguments.Where(argument => argument is not null).Select(argument => $", {argument}"));

    /// <summary>What differs from the usual plan.</summary>
    public static string Plan(TrainingPlan plan)
    {
        var usual = new TrainingPlan();
        return New(
            nameof(TrainingPlan),
            (nameof(plan.Target), Text(plan.Target, null)),
            (nameof(plan.Task), Member(plan.Task)),
            (nameof(plan.Algorithm), Text(plan.Algorithm, usual.Algorithm)),
            (nameof(plan.Hyperparameters), plan.Hyperparameters.Count == 0 ? null : $"new Dictionary<string, JsonNode?> {{ {string.Join(", ", plan.Hyperparameters.Select(pair => $"[{Text(pair.Key)}] = {Literal(pair.Value)}"))} }}"),
            (nameof(plan.Preparation), plan.Preparation is null ? null : $"[{string.Join(", ", plan.Preparation.Select(step => $"StepPlan.Parse({Text(StepText(step))})"))}]"),
            (nameof(plan.Drop), List(plan.Drop)),
            (nameof(plan.Group), Text(plan.Group, null)),
            (nameof(plan.Time), Text(plan.Time, null)),
            (nameof(plan.Weight), Text(plan.Weight, null)),
            (nameof(plan.PositiveClass), Text(plan.PositiveClass, null)),
            (nameof(plan.TestSize), plan.TestSize == usual.TestSize ? null : Number(plan.TestSize)),
            (nameof(plan.Seed), plan.Seed == 0 ? null : Whole(plan.Seed)),
            (nameof(plan.Calibration), Member(plan.Calibration)),
            (nameof(plan.DecisionMetric), Text(plan.DecisionMetric, null)),
            (nameof(plan.Costs), plan.Costs is null ? null : $"[{string.Join(", ", plan.Costs.Select(line => $"[{string.Join(", ", line.Select(Number))}]"))}]"),
            (nameof(plan.Intervals), plan.Intervals is double level ? Number(level) : null),
            (nameof(plan.IntervalMethod), Member(plan.IntervalMethod)),
            (nameof(plan.Metrics), List(plan.Metrics)),
            (nameof(plan.Statements), plan.Statements is null ? null : New(nameof(ModelStatements), [.. plan.Statements.Stated.Select(stated => (Pascal(stated.Name), (string?)Text(stated.Text)))])),
            (nameof(plan.Threads), plan.Threads is int threads ? Whole(threads) : null));
    }

    private static string StepText(StepPlan step) =>
        step.Settings.Count == 0 ? step.Step : $"{step.Step}:{string.Join(",", step.Settings.Select(setting => $"{setting.Key}={setting.Value}"))}";

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Literal(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.String => Text(value.GetValue<string>()),
        JsonValueKind.Object or JsonValueKind.Array => $"JsonNode.Parse({Text(value.ToJsonString())})",
        _ => value.ToJsonString(),
    };

    private static IEnumerable<string> Words(string source)
    {
        var word = new StringBuilder();
        foreach (char c in source)
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
