using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning.Automl;
using Strata.Learning.Workflow;

namespace Strata.Cli;

/// <summary>The options of <c>strata automl</c> that become hyperparameters of an <see cref="AutomlRecipe"/>.</summary>
internal sealed class AutomlOptions
{
    private readonly List<(Option Option, Func<ParseResult, (string Name, JsonNode? Value)?> Read)> options = [];

    public AutomlOptions()
    {
        var usual = new AutomlRecipe();
        Add("preset", ChoiceOption.Of("--preset", "How much is tried.", usual.Preset), preset => ChoiceOption.Name(preset));
        Add("time_limit", CommonOptions.Seconds("--time-limit", $"Seconds from the beginning of learning; {usual.TimeLimit.ToString(CultureInfo.InvariantCulture)} when not given."), seconds => seconds);
        Add("metric", new Option<string?>("--metric") { Description = "The metric that decides; roc_auc for two classes, log_loss for more and rmse for numbers when not given. See 'strata metrics'." }, name => name);
        Add("folds", new Option<int?>("--folds") { Description = "In how many parts the rows are split; by preset, rows and time when not given." }, count => count);
        Add("layers", new Option<int?>("--layers") { Description = "1, or 2 for candidates that also learn from what others predict; by preset when not given." }, count => count);
        Add("algorithms", new Option<string?>("--algorithms") { Description = "Families or algorithms to try, with commas between: boosting,forests,linear,neighbors,svm,neural,random_kernels. All when not given.", HelpName = "A,B,C" }, names => names?.Replace(',', '|'));
        Add("memory_limit", new Option<double?>("--memory-limit") { Description = "Megabytes that models and their predictions may take.", HelpName = "MB" }, megabytes => megabytes);
        Add("infer_limit", new Option<double?>("--infer-limit") { Description = "Microseconds that predicting a row may take, of many rows at a time.", HelpName = "MICROSECONDS" }, microseconds => microseconds);
        Add("deterministic", new Option<bool>("--deterministic") { Description = "Let the clock decide nothing: a fixed plan, and the same seed gives the same model." }, isOn => isOn ? true : null);
        Add("refit", new Option<bool>("--refit") { Description = "Fit the chosen candidates once more on all rows: quicker answers, mostly a little worse." }, isOn => isOn ? true : null);
        Add("keep_all", new Option<bool>("--keep-all") { Description = "Keep every candidate in the model file, to be taken out by name." }, isOn => isOn ? true : null);
    }

    public void AddTo(Command command) => options.ForEach(one => command.Options.Add(one.Option));

    /// <summary>The plan with automl in it as asked.</summary>
    public TrainingPlan Read(ParseResult parsed, TrainingPlan plan) => plan with
    {
        Algorithm = AutomlRecipe.AlgorithmName,
        Hyperparameters = options.Select(one => one.Read(parsed)).OfType<(string Name, JsonNode? Value)>().ToDictionary(one => one.Name, one => one.Value),
    };

    private void Add<T>(string name, Option<T> option, Func<T, JsonNode?> json) =>
        options.Add((option, parsed => parsed.GetResult(option) is { Implicit: false } && json(parsed.GetValue(option)!) is JsonNode value ? (name, value) : null));
}
