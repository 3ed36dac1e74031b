using System.Text.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform.Datasets;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Runs;
using ColumnType = Strata.Learning.Data.ColumnType;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Surfaces.Rockfall;

/// <summary>What the rockfall trainer calls a config, as a training of Strata and back.</summary>
internal static class RockfallConfig
{
    /// <summary>The run's tag that keeps the config as it was sent.</summary>
    public const string Tag = "strata.rockfall.config";

    /// <exception cref="DataException">There is nothing to predict; with it all else that is already known to be wrong.</exception>
    public static AskedRun ToRun(this RockfallTrainingRequest config, Dataset dataset)
    {
        string? target = config.Target ?? dataset.SuggestedTarget;
        FrameworkPlan framework = WordsOf(config, dataset).In(PlanOf(config, target), dataset);
        if (target is null)
        {
            throw new DataException([.. framework.Problems, "'target' is missing; expected the name of the column to predict."]);
        }

        return new AskedRun(new RunRequest(dataset.Id, framework.Plan, config.Name, Priority: config.Priority))
        {
            Tags = new Dictionary<string, string> { [Tag] = JsonSerializer.Serialize(config, WireJson.Options) },
            Notes = [.. config.Target is null ? [$"No target was named: the dataset suggests '{target}'."] : Array.Empty<string>(), .. framework.Notes],
            Problems = framework.Problems,
        };
    }

    /// <summary>The config as it was sent, or what is nearest to it of a training that was asked for elsewhere.</summary>
    public static RockfallTrainingRequest Of(Run run)
    {
        if (run.Tags.TryGetValue(Tag, out string? sent) && JsonSerializer.Deserialize<RockfallTrainingRequest>(sent, WireJson.Options) is { } config)
        {
            return config;
        }

        PlanView plan = JsonText.Read<TrainingPlan>(run.Plan!.ToJsonString()).View();
        return new RockfallTrainingRequest(
            run.DatasetId ?? string.Empty,
            plan.Target,
            plan.Algorithm,
            plan.Task,
            ExcludeColumns: plan.Drop,
            Group: plan.Group,
            Time: plan.Time,
            TestSize: plan.TestSize,
            Seed: plan.Seed,
            Hyperparameters: plan.Hyperparameters,
            Calibration: plan.Calibration,
            ConfidenceLevel: plan.Intervals,
            Name: run.Name);
    }

    private static PlanRequest PlanOf(RockfallTrainingRequest config, string? target) => new(
        target,
        config.Task,
        Drop: config.ExcludeColumns,
        Group: config.Group,
        Time: config.Time,
        TestSize: config.TestSize,
        Seed: config.Seed,
        Calibration: config.Calibration,
        Intervals: config.ConfidenceLevel);

    private static FrameworkTraining WordsOf(RockfallTrainingRequest config, Dataset dataset) =>
        new(config.ModelType ?? (config.SequenceColumns is not null || dataset.Columns.Any(column => column.Type == ColumnType.Series) ? "lstm" : "tabular"), "model_type")
        {
            Epochs = config.Epochs,
            BatchSize = config.BatchSize,
            LearningRate = config.LearningRate,
            ValidationSplit = config.ValidationSplit,
            EarlyStopping = config.EarlyStopping,
            EarlyStoppingPatience = config.EarlyStoppingPatience,
            SequenceColumns = config.SequenceColumns,
            Hyperparameters = config.Hyperparameters,
        };
}
