using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The options of <c>strata train</c> that make a <see cref="TrainingPlan"/>.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> target = new("--target") { Description = "The column to predict. Looking for outliers or clusters needs none; one that is given is only left out and, where it tells outliers, used to judge." };
    private readonly Option<string?> task = new("--task") { Description = "classification or regression; decided from the target when not given." };
    private readonly Option<string> algorithm = new("--algorithm") { Description = "An algorithm's name; see 'strata algorithms'.", DefaultValueFactory = _ => new TrainingPlan().Algorithm };
    private readonly Option<string[]> set = new("--set") { Description = "A hyperparameter, as NAME=VALUE; may be given several times.", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> prepare = new("--prepare") { Description = "A preparation step, fitted on training rows only; may be given several times, in order. Without any, the usual steps for the algorithm. See 'strata steps'.", HelpName = "STEP[:NAME=VALUE,...]" };
    private readonly Option<string[]> drop = new("--drop") { Description = "A column the model must not see; may be given several times." };
    private readonly Option<string?> group = new("--group") { Description = "The column whose equal values stay on one side of every split." };
    private readonly Option<string?> time = new("--time") { Description = "The column that orders rows: tests are on later rows." };
    private readonly Option<string?> weight = new("--weight") { Description = "The column with a weight for each row." };
    private readonly Option<string?> positive = new("--positive") { Description = "For two classes: the one that two-class scores speak of." };
    private readonly Option<double> testSize = new("--test-size") { Description = "The part of the rows held back for testing. With 0 'train' learns from all rows and is judged by --folds of them (5 when not given): for tables of few rows.", DefaultValueFactory = _ => 0.2 };
    private readonly Option<ulong> seed = new("--seed") { Description = "Where chance starts; the same seed gives the same model file." };
    private readonly Option<CalibrationMethod?> calibrate = new("--calibrate") { Description = "Bring probabilities in line with how often they come true: platt, isotonic, temperature or beta." };
    private readonly Option<string?> tuneThreshold = new("--tune-threshold") { Description = "For two classes: call the second from the probability on that is best by this metric, such as f1.", HelpName = "METRIC" };
    private readonly Option<string?> costs = new("--costs") { Description = "What calling a row of one class by another costs: a line a true class, such as '0,1;5,0'." };
    private readonly Option<double?> intervals = new("--intervals") { Description = "Add intervals (of numbers) or sets (of classes) that hold the truth in this share of rows, such as 0.9." };
    private readonly Option<RegionMethod?> intervalMethod = new("--interval-method") { Description = "How intervals are made: cv_plus (usual for numbers), split (usual for classes), or cqr (numbers).", CustomParser = ParseRegionMethod };
    private readonly Option<string[]> state = new("--state") { Description = $"What only a person can say of the model, for its card, as NAME=TEXT; may be given several times. NAME is one of {string.Join(", ", ModelStatements.Names)}.", HelpName = "NAME=TEXT" };
    private readonly Option<int?> threads = CommonOptions.Threads();
    private readonly Option<string> preset = new("--preset") { Description = "A solution's preset for this kind of table (its columns to leave out, its groups, the algorithm and settings that suit it): a name, auto, or none.", DefaultValueFactory = _ => "auto" };

    public PlanOptions()
    {
        task.AcceptOnlyFromAmong("classification", "regression");
        set.Validators.Add(result =>
        {
            foreach (string pair in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (pair.IndexOf('=', StringComparison.Ordinal) <= 0)
                {
                    result.AddError($"--set takes NAME=VALUE, not '{pair}'.");
                }
            }
        });
        testSize.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is >= 0 and < 1))
            {
                result.AddError("--test-size takes a part between 0 and 1, such as 0.2, or 0.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { target, task, algorithm, set, prepare, drop, group, time, weight, positive, testSize, seed, calibrate, tuneThreshold, costs, intervals, intervalMethod, state, threads, preset })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Those that do not speak of one algorithm and one split.</summary>
    public void AddSharedTo(Command command)
    {
        AddTo(command);
        foreach (Option option in new Option[] { algorithm, set, testSize })
        {
            command.Options.Remove(option);
        }
    }

    /// <summary>Those for a study that chooses algorithms by itself and has a <c>--preset</c> of its own.</summary>
    public void AddForStudyTo(Command command)
    {
        AddTo(command);
        foreach (Option option in new Option[] { algorithm, set, preset })
        {
            command.Options.Remove(option);
        }
    }

    /// <summary>Those that do not speak of one split.</summary>
    public void AddWithoutSplitTo(Command command)
    {
        AddTo(command);
        command.Options.Remove(testSize);
    }

    /// <summary>The plan as given, and the rows to learn from: both completed by the preset that is named or that recognises the table.</summary>
    public PlannedTraining Read(ParseResult parsed, Frame table, Terminal terminal)
    {
        var usual = new TrainingPlan();
        TablePreset? chosen = Preset(parsed.GetResult(preset) is null ? "auto" : parsed.GetValue(preset)!, table, parsed.GetValue(target));
        var plan = new TrainingPlan
        {
            Target = parsed.GetValue(target),
            Task = parsed.GetValue(task) switch { "classification" => TargetKind.Classification, "regression" => TargetKind.Regression, _ => null },
            Algorithm = parsed.GetResult(algorithm) switch { null => usual.Algorithm, { Implicit: true } => chosen?.Algorithm ?? usual.Algorithm, _ => parsed.GetValue(algorithm)! },
            Hyperparameters = parsed.GetResult(set) is null ? usual.Hyperparameters : Pairs(parsed.GetValue(set) ?? []),
            Preparation = parsed.GetValue(prepare) is { Length: > 0 } steps ? [.. steps.Select(StepPlan.Parse)] : null,
            Drop = parsed.GetValue(drop) ?? [],
            Group = parsed.GetValue(group),
            Time = parsed.GetValue(time),
            Weight = parsed.GetValue(weight),
            PositiveClass = parsed.GetValue(positive),
            TestSize = parsed.GetResult(testSize) is null ? usual.TestSize : parsed.GetValue(testSize),
            Seed = parsed.GetValue(seed),
            Calibration = parsed.GetValue(calibrate),
            DecisionMetric = parsed.GetValue(tuneThreshold),
            Costs = parsed.GetValue(costs) is string text ? CostsOf(text) : null,
            Intervals = parsed.GetValue(intervals),
            IntervalMethod = parsed.GetValue(intervalMethod),
            Statements = StatementsOf(parsed.GetValue(state) ?? []),
            Threads = parsed.GetValue(threads),
        };
        if (chosen is null)
        {
            return new PlannedTraining(plan, table, null);
        }

        PlannedTraining training = PlannedTraining.Of(chosen, plan, table);
        terminal.Note($"note: preset {chosen.Name} ({chosen.Title}) leaves out {training.Plan.Drop.Count - plan.Drop.Count} columns{(training.Plan.Group is null ? string.Empty : $" and keeps rows of one '{training.Plan.Group}' together")}{(parsed.GetResult(preset) is null ? string.Empty : "; --preset none turns it off")}.");
        terminal.Notes(training.Notes);
        return training;
    }

    private static TablePreset? Preset(string choice, Frame table, string? target) => choice switch
    {
        "none" => null,
        "auto" => Solution.Recognise(table.Schema) is TablePreset recognised && recognised.Target == target ? recognised : null,
        _ => Solution.PresetOf(choice) ?? throw new DataException($"There is no preset '{choice}'. There are: {string.Join(", ", Solution.All.SelectMany(solution => solution.Presets).Select(known => known.Name))}."),
    };

    /// <summary>Lines parted by semicolons, numbers by commas.</summary>
    private static double[][] CostsOf(string text) =>
    [
        .. text.Split(';').Select(line => line.Split(',').Select(number => double.TryParse(number, CultureInfo.InvariantCulture, out double cost)
            ? cost
            : throw new DataException($"--costs takes numbers such as '0,1;5,0', not '{number}'.")).ToArray()),
    ];

    private static RegionMethod? ParseRegionMethod(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Enum.TryParse(text.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out RegionMethod method) && Enum.IsDefined(method))
        {
            return method;
        }

        result.AddError($"--interval-method takes cv_plus, split or cqr, not '{text}'.");
        return null;
    }

    private static ModelStatements? StatementsOf(string[] pairs)
    {
        var statements = new ModelStatements();
        foreach (string pair in pairs)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and int found ? found : throw new DataException($"--state takes NAME=TEXT, not '{pair}'.");
            statements = statements.With(pair[..at], pair[(at + 1)..]);
        }

        return pairs.Length == 0 ? null : statements;
    }

    /// <summary>Settings given as NAME=VALUE.</summary>
    internal static Dictionary<string, JsonNode?> Pairs(string[] pairs)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and int found ? found : throw new DataException($"--set takes NAME=VALUE, not '{pair}'.");
            values[pair[..at]] = JsonValue.Create(pair[(at + 1)..]);
        }

        return values;
    }
}
