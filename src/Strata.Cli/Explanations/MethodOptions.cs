using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Explanation.Local;

namespace Strata.Cli.Explanations;

/// <summary>The options of single methods of <c>strata explain</c>.</summary>
internal sealed class MethodOptions
{
    private static readonly string[] Unbounded = [string.Empty, string.Empty], Separators = [", ", " "];

    public Option<ExplainedOutput?> Output { get; } = new("--output") { Description = "What is explained: prediction (the usual, a probability or number) or raw_score. Not for path and interventional, which explain the raw score.", HelpName = "KIND", CustomParser = result => ChoiceOption.Named<ExplainedOutput>(result) };

    public Option<int?> Rows { get; } = Whole("--rows", "Explain the first so many rows: 5 when not given by lime, counterfactual, gradients and occlusion, else all.");

    public Option<int?> Evaluations { get; } = Whole("--evaluations", "kernel, permutation, counterfactual: how many rows the model is asked for each explained row; more are slower and surer.");

    public Option<string[]> Columns { get; } = Named("--column", "pdp, ice, ale, interactions: a column to tell the effect of; two for pdp tell them together.", "COLUMN");

    public Option<int?> Points { get; } = Whole("--points", "pdp, ice, ale: how many values of a column of numbers; 20 when not given.");

    public Option<int?> Terms { get; } = Whole("--terms", "lime: how many columns, or parts of an array, are told; 6 when not given.");

    public Option<int?> Samples { get; } = Whole("--samples", "lime: how many near rows; 2000 when not given.");

    public Option<LimePerturbation?> Perturbation { get; } = new("--perturbation") { Description = "lime: quartiles (the usual) or gaussian.", HelpName = "KIND", CustomParser = result => ChoiceOption.Named<LimePerturbation>(result) };

    public Option<string?> Array { get; } = new("--array") { Description = "lime, occlusion: the column of series or images whose parts are told.", HelpName = "COLUMN" };

    public Option<int?> Parts { get; } = Whole("--parts", "lime --array: parts of a series, or of each side of an image; 10 when not given.");

    public Option<int?> Window { get; } = Whole("--window", "occlusion: steps of a window, or pixels of a patch's side.");

    public Option<int?> Stride { get; } = Whole("--stride", "occlusion: how far the window moves each time; half of it when not given.");

    public Option<string?> Wanted { get; } = new("--wanted") { Description = "counterfactual: the wanted class (any other when not given), or the wanted range of a number: 5.., ..8 or 5..8.", HelpName = "CLASS|RANGE" };

    public Option<string[]> Immutable { get; } = Named("--immutable", "counterfactual: a column that stays as it is; may be given several times.", "COLUMN");

    public Option<string[]> Allow { get; } = Named("--allow", "counterfactual: numbers that a column may be changed to, such as age=18..65; may be given several times.", "COLUMN=LOW..HIGH");

    public Option<int?> Count { get; } = Whole("--count", "counterfactual: how many are told, each of other columns; 3 when not given.");

    public Option<int?> Depth { get; } = Whole("--depth", "surrogate: most conditions of a rule; 4 when not given.");

    public Option<GradientMethod?> Gradient { get; } = new("--gradient") { Description = "gradients: integrated_gradients (the usual) or gradient_times_input.", HelpName = "KIND", CustomParser = result => ChoiceOption.Named<GradientMethod>(result) };

    public Option<int?> Steps { get; } = Whole("--steps", "gradients: points that integrated gradients are taken at; 64 when not given.");

    public Option<string?> Cohort { get; } = new("--cohort") { Description = "cohort: a column of the table and the two values to compare, such as site=A,B; with one value it is compared with all other rows.", HelpName = "COLUMN=A,B" };

    public Option<string?> Positive { get; } = new("--positive") { Description = "cohort: the class that fairness is about.", HelpName = "CLASS" };

    private IEnumerable<Option> All =>
        [Output, Rows, Evaluations, Columns, Points, Terms, Samples, Perturbation, Array, Parts, Window, Stride, Wanted, Immutable, Allow, Count, Depth, Gradient, Steps, Cohort, Positive];

    /// <summary>Adds all of them.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What belongs to another method than the chosen one.</summary>
    public IEnumerable<string> Problems(CommandResult result, ExplainMethod method)
    {
        foreach (Option option in All.Where(option => result.GetResult(option) is not null))
        {
            // A description begins with the methods that it is for.
            int end = option.Description!.IndexOf(':', StringComparison.Ordinal);
            string[] methods = option == Output || option == Rows || end < 0 ? [] : option.Description[..end].Split(Separators, StringSplitOptions.None);
            if (methods.Length > 0 && !methods.Contains(ChoiceOption.Name(method)) && !(method is ExplainMethod.Auto or ExplainMethod.Shap && methods.Contains("kernel")))
            {
                yield return $"{option.Name} goes with --method {string.Join(" or ", methods.Where(name => !name.StartsWith('-')))}.";
            }
        }

        if (method == ExplainMethod.Cohort && result.GetValue(Cohort) is null)
        {
            yield return "--method cohort needs --cohort COLUMN=A,B.";
        }

        if (method is ExplainMethod.Path or ExplainMethod.Interventional && result.GetResult(Output) is not null)
        {
            yield return "--output goes with the methods that explain every kind of model: path and interventional explain the raw score.";
        }
    }

    /// <summary>Whether something is asked for that only the methods which sample have.</summary>
    public bool AskToSample(ParseResult parsed) => parsed.GetValue(Evaluations) is not null || parsed.GetValue(Output) == ExplainedOutput.Prediction;

    public static (double? Low, double? High)? RangeOf(string text)
    {
        string[] ends = text.Contains("..", StringComparison.Ordinal) ? text.Split("..", 2) : Unbounded;
        double? End(string end) => double.TryParse(end, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
        bool isRange = ends.Any(end => end.Length > 0) && ends.All(end => end.Length == 0 || End(end) is not null);
        return isRange ? (End(ends[0]), End(ends[1])) : null;
    }

    /// <exception cref="DataException">One is no column with a range.</exception>
    public IReadOnlyDictionary<string, AllowedRange> Ranges(ParseResult parsed)
    {
        var ranges = new Dictionary<string, AllowedRange>(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(Allow) ?? [])
        {
            int at = text.LastIndexOf('=');
            (double? Low, double? High) range = at > 0 && RangeOf(text[(at + 1)..]) is { } given ? given : throw new DataException($"--allow is '{text}'; expected a column and its range, such as age=18..65.");
            ranges[text[..at]] = new AllowedRange(range.Low ?? double.NegativeInfinity, range.High ?? double.PositiveInfinity);
        }

        return ranges;
    }

    private static Option<string[]> Named(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static Option<int?> Whole(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError($"{name} takes a whole number of at least 1.");
            }
        });
        return option;
    }
}
