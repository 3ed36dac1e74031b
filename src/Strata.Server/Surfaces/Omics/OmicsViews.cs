using Strata.Client.Contracts;
using Strata.Learning.Automl;
using Strata.Platform;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Jobs;
using Strata.Server.Models;
using Strata.Server.Runs;
using JobStatus = Strata.Platform.Jobs.JobStatus;

namespace Strata.Server.Surfaces.Omics;

internal static class OmicsViews
{
    public static OmicsJobView OmicsJob(this Job job, StrataPlatform platform)
    {
        JobView told = job.View();
        Run? run = platform.Runs.OfJob(job.Id);
        bool isDone = job.Status == JobStatus.Completed && run is not null;
        return new OmicsJobView(
            job.Id,
            told.Kind,
            told.Status,
            told.Progress,
            told.CurrentStep,
            told.CreatedAt,
            told.StartedAt,
            told.EndedAt,
            told.Error,
            run?.Id,
            run?.ModelId,
            job.Result?["best"]?.GetValue<string>(),
            isDone ? run!.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value) : null,
            isDone ? LeaderboardOf(run!, platform) : SoFar(job, platform),
            run?.Notes ?? []);
    }

    public static OmicsResultsView OmicsResults(this StoredModel model, StrataPlatform platform)
    {
        ModelView told = model.View();
        Run? run = model.RunId is string id && platform.Runs.ProjectOf(id) is not null ? platform.Runs.Get(id) : null;
        run = run?.JobId is null ? null : run;
        return new OmicsResultsView(
            model.Id,
            told,
            run?.JobId,
            told.Metrics,
            run is null ? null : RunsEndpoints.Evaluation(run, platform),
            run is null ? [] : Epochs.Of(platform.Runs.Series(run.Id)),
            run is null ? null : LeaderboardOf(run, platform),
            run?.Notes ?? [],
            run is null || !Has(run, CombineModels.MembersFileName, platform) ? null : ArtifactOf<EnsembleMembersView>(run, CombineModels.MembersFileName, platform),
            run is null || !Has(run, DistilModel.TeacherFileName, platform) ? null : ArtifactOf<TaughtByView>(run, DistilModel.TeacherFileName, platform));
    }

    private static T ArtifactOf<T>(Run run, string name, StrataPlatform platform)
    {
        using Stream stored = platform.Runs.OpenArtifact(run.Id, name);
        return StoredResults.Read<T>(stored);
    }

    /// <summary>The candidates that have ended while an automatic training goes on, or null.</summary>
    private static LeaderboardView? SoFar(Job job, StrataPlatform platform) =>
        job.Kind == RunHistory.AutomlKind && platform.Jobs.Unfinished(job, ChooseModel.LeaderboardFileName) is byte[] board ? StoredResults.Read<LeaderboardView>(new MemoryStream(board)) : null;

    private static bool Has(Run run, string artifact, StrataPlatform platform) => platform.Runs.Artifacts(run.Id).Any(known => known.Name == artifact);

    /// <summary>The candidates that the run's model was made of, or null.</summary>
    private static LeaderboardView? LeaderboardOf(Run run, StrataPlatform platform) =>
        Has(run, ChooseModel.LeaderboardFileName, platform) ? ArtifactOf<LeaderboardView>(run, ChooseModel.LeaderboardFileName, platform) : null;

    public static LeaderboardView View(this Leaderboard board) => StoredResults.Read<LeaderboardView>(JsonText.NodeOf(board)!);
}
