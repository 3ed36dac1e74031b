using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning.Automl;
using Strata.Learning.Data;
using Strata.Learning.Neural;
using Strata.Learning.Workflow;
using Strata.Platform.Datasets;
using Strata.Server.Runs;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Surfaces.Omics;

/// <summary>The omics framework's trainings in Strata's words.</summary>
internal static class OmicsPlans
{
    private const string Architectures = "cnn, rnn, lstm, bilstm, gru, transformer, mlp, fusion, or a network of the catalog";

    /// <summary>The best model within one time limit.</summary>
    public static AskedRun ToRun(this OmicsAutomlRequest request, Dataset dataset)
    {
        var problems = new List<string>();
        PlanRequest plan = PlanOf(request, dataset, problems, out string[] notes);
        string[] tried = Tried(request.Algorithms, dataset, problems, out string[] renamed);
        var settings = new Dictionary<string, JsonElement>();
        void Set<T>(string name, T? value)
        {
            if (value is not null)
            {
                settings[name] = JsonSerializer.SerializeToElement(value);
            }
        }

        Set("preset", request.Preset?.ToString().ToLowerInvariant());
        Set("time_limit", request.TimeLimit);
        Set("metric", request.Metric);
        Set("algorithms", tried.Length > 0 ? tried : null);
        Set("folds", request.Folds);
        Set("deterministic", request.Deterministic);
        Set("infer_limit", request.InferLimit);
        Set("memory_limit", request.MemoryLimit);
        string[] told = request.Trials is null ? [] : ["'trials' decides nothing: candidates come with settings that were found on many tables, and the best of them are weighted together."];
        return Asked(request, dataset, plan with { Algorithm = AutomlRecipe.AlgorithmName, Hyperparameters = settings }, [.. notes, .. renamed, .. told], problems);
    }

    /// <summary>A network.</summary>
    public static AskedRun ToRun(this OmicsNetworkRequest request, Dataset dataset) => request.ToRun(dataset, request.Architecture, request.Hyperparameters, null, null);

    /// <param name="request">What is asked.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="architecture">The network, as it was asked for or as the base is.</param>
    /// <param name="hyperparameters">Those of the base among them.</param>
    /// <param name="preparation">What comes before the network; null for what the columns of series ask for.</param>
    /// <param name="start">The weights that it begins from; null by chance.</param>
    public static AskedRun ToRun(
        this OmicsNetworkRequest request, Dataset dataset, string? architecture, IReadOnlyDictionary<string, JsonElement>? hyperparameters, IReadOnlyList<StepRequest>? preparation, StartRequest? start)
    {
        var problems = new List<string>();
        PlanRequest plan = PlanOf(request, dataset, problems, out string[] notes);
        if (architecture is null)
        {
            throw new DataException([.. problems, $"'architecture' is missing; expected {Architectures}."]);
        }

        FrameworkPlan framework = new FrameworkTraining(architecture, "architecture")
        {
            Epochs = request.Epochs,
            BatchSize = request.BatchSize,
            LearningRate = request.LearningRate,
            ValidationSplit = request.ValidationSplit,
            EarlyStopping = request.EarlyStopping,
            EarlyStoppingPatience = request.EarlyStoppingPatience,
            SequenceColumns = request.SequenceColumns,
            Hyperparameters = hyperparameters,
        }.In(plan, dataset);
        plan = framework.Plan with { Preparation = framework.Plan.Preparation ?? preparation };
        if (plan.Algorithm is string known && Learning.Catalog.Algorithms.Named(known).Recipe() is not NetworkRecipe)
        {
            problems.Add($"'architecture' is '{architecture}', which is no network; expected {Architectures}.");
        }

        AskedRun asked = Asked(request, dataset, plan, [.. notes, .. framework.Notes], [.. problems, .. framework.Problems]);
        return asked with { Request = asked.Request with { StartFrom = start } };
    }

    internal static AskedRun Asked(OmicsTrainingRequest request, Dataset dataset, PlanRequest plan, IReadOnlyList<string> notes, IReadOnlyList<string> problems) =>
        plan.Target is null
            ? throw new DataException(problems)
            : new AskedRun(new RunRequest(dataset.Id, plan, request.Name, Priority: request.Priority)) { Notes = notes, Problems = problems };

    internal static PlanRequest PlanOf(OmicsTrainingRequest request, Dataset dataset, List<string> problems, out string[] notes)
    {
        string? target = request.Target ?? dataset.SuggestedTarget;
        notes = request.Target is null && target is not null ? [$"No target was named: the dataset suggests '{target}'."] : [];
        if (target is null)
        {
            problems.Add("'target' is missing; expected the name of the column to predict.");
        }

        return new PlanRequest(target, request.Task, Drop: request.ExcludeColumns, Group: request.Group, Time: request.Time, TestSize: request.TestSize, Seed: request.Seed);
    }

    /// <summary>Families, and algorithms under the catalog's names; candidates bring settings of their own.</summary>
    private static string[] Tried(IReadOnlyList<string>? asked, Dataset dataset, List<string> problems, out string[] notes)
    {
        problems.AddRange((asked ?? []).Where(name => name.Contains('(', StringComparison.Ordinal)).Select(name => $"'algorithms' has '{name}'; candidates bring their own settings, expected names without."));
        string[] names = [.. (asked ?? []).Where(name => !name.Contains('(', StringComparison.Ordinal))], families = [.. names.Where(Family.Names.Contains)];
        return [.. families, .. Named([.. names.Except(families)], "algorithms", dataset, problems, out notes)];
    }

    /// <summary>Algorithms under the catalog's names, their settings in brackets as they were; settings that make no sense are problems.</summary>
    internal static string[] Named(IReadOnlyList<string>? asked, string field, Dataset dataset, List<string> problems, out string[] notes)
    {
        var (names, renamed) = (new List<string>(), new List<string>());
        foreach (string text in asked ?? [])
        {
            int open = text.IndexOf('(', StringComparison.Ordinal);
            try
            {
                var named = NamedAlgorithm.Of(open < 0 ? text : text[..open], field, dataset);
                names.Add(open < 0 ? named.Name : named.Name + text[open..]);
                renamed.AddRange(named.Note is string note ? [note] : []);
                new ComparisonPlan { Plan = new TrainingPlan(), Algorithms = [names[^1]] }.Check();
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        notes = [.. renamed];
        return [.. names];
    }
}
