using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Automl;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Models;
using Strata.Server.Runs;
using Strata.Server.Safety;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Surfaces.Omics;

/// <summary>The teaching of a small model by a stored one, as a run.</summary>
internal static class OmicsDistillation
{
    /// <exception cref="ConflictException">No dataset was named, and the one that the model learned from is not known.</exception>
    /// <exception cref="DataException">The model cannot be distilled so; all problems at once.</exception>
    public static AskedRun ToRun(this DistilRequest request, string modelId, Caller caller, StrataPlatform platform)
    {
        StoredModel model = platform.Models.Get(modelId);
        Dataset dataset = caller.TrainingData(request.DatasetId ?? DatasetOf(model, platform), platform);
        EnsembleDraft draft = platform.Ensembles.TeacherDraft(modelId, dataset);
        TargetKind task = draft.Signature.Task.IsClassification() ? TargetKind.Classification : TargetKind.Regression;
        var plan = new PlanRequest(
            draft.Signature.Target, task, Distillation.UsualStudent.Algorithm, Settings(request), Group: draft.Group, Time: draft.Time, PositiveClass: draft.Signature.Classes is [_, string positive] ? positive : null, Seed: request.Seed);
        return new AskedRun(new RunRequest(dataset.Id, plan, request.Name ?? $"{model.Name}, distilled", draft.Preset, Priority: request.Priority)) { Teacher = draft.Members[0], Leaks = draft.Leaks };
    }

    /// <summary>Those of the usual student, with what was asked for.</summary>
    private static Dictionary<string, JsonElement> Settings(DistilRequest request)
    {
        GradientBoosting usual = Distillation.UsualStudent;
        var settings = new Dictionary<string, JsonElement>
        {
            ["trees"] = JsonSerializer.SerializeToElement(usual.Trees),
            ["learning_rate"] = JsonSerializer.SerializeToElement(usual.LearningRate),
            ["early_stopping_rounds"] = JsonSerializer.SerializeToElement(usual.EarlyStoppingRounds),
        };
        foreach ((string name, JsonElement value) in request.Hyperparameters ?? new Dictionary<string, JsonElement>())
        {
            settings[name] = value;
        }

        return settings;
    }

    private static string DatasetOf(StoredModel model, StrataPlatform platform) =>
        (model.RunId is string run && platform.Runs.ProjectOf(run) is not null ? platform.Runs.Get(run).DatasetId : null)
        ?? throw new ConflictException($"What '{model.Name}' has learned from is not known here. Name a dataset of rows such as those ('dataset_id').");
}
