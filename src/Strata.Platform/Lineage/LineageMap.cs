using System.Data;
using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Lineage;

/// <summary>Tells where a thing comes from and what came of it, from what the rooms have stored: dataset, split, pipeline, run, model, version, deployment, predictions.</summary>
public sealed class LineageMap
{
    /// <summary>A graph with more is cut.</summary>
    public const int MostNodes = 500;

    private const int MostOfOne = 200;

    private readonly DataStore store;

    internal LineageMap(DataStore store) => this.store = store;

    /// <summary>All that a thing came from, and all that came of it.</summary>
    /// <param name="kind">Dataset, run, model, model version, logged model or deployment.</param>
    /// <param name="id">Its id; of a deployment its name.</param>
    /// <param name="projects">Things of other projects are left out, and what only they lead to; null for all.</param>
    /// <exception cref="NotFoundException">There is no such thing.</exception>
    public LineageGraph Of(LineageKind kind, string id, IReadOnlyCollection<string>? projects = null) => store.Database.Read(connection =>
    {
        LineageNode start = Find(connection, kind, id) is { } node && (projects is null || projects.Contains(node.Project)) ? node : throw NotFoundException.Of(Noun(kind), id);
        var draft = new LineageDraft(projects, MostNodes, start);
        draft.Walk(start, next => Before(connection, next));
        draft.Walk(start, next => After(connection, next));
        return draft.Finish();
    });

    private static LineageNode? Find(IDbConnection connection, LineageKind kind, string id) => kind switch
    {
        LineageKind.Dataset => DatasetTable.Find(connection, id) is { } dataset ? LineageFacts.Of(dataset) : null,
        LineageKind.Run => RunTable.Find(connection, id) is { } run ? LineageFacts.Of(run) : null,
        LineageKind.Model => ModelTable.Find(connection, id) is { } model ? LineageFacts.Of(model) : null,
        LineageKind.LoggedModel => LoggedModelTable.Find(connection, id) is { } logged ? LineageFacts.Of(logged, LoggedModelTable.ProjectOf(connection, id)!) : null,
        LineageKind.ModelVersion => LineageTable.ModelOfVersion(connection, id) is { } owner ? LineageFacts.Of(RegistryTable.LoadVersions(connection, [id])[0], owner.Project) : null,
        LineageKind.Deployment or LineageKind.Predictions => DeploymentTable.Find(connection, id) is { } deployment ? OfDeployment(connection, deployment, kind) : null,
        _ => null,
    };

    private static LineageNode OfDeployment(IDbConnection connection, Deployment deployment, LineageKind kind) => kind == LineageKind.Deployment
        ? LineageFacts.Of(deployment)
        : LineageFacts.PredictionsOf(deployment, PredictionPageTable.Count(connection, deployment.Id), OutcomeTable.Count(connection, deployment.Id));

    /// <summary>The steps that led to a thing, the farthest first.</summary>
    private static IEnumerable<LineageStep[]> Before(IDbConnection connection, LineageNode node)
    {
        switch (node.Kind)
        {
            case LineageKind.Dataset when DatasetTable.Find(connection, node.Id)?.Derivation is { } derivation && Find(connection, LineageKind.Dataset, derivation.ParentId) is { } parent:
                return [[new LineageStep(parent, node, "was made into")]];
            case LineageKind.Run:
                Run read = RunTable.Get(connection, node.Id);
                return
                [
                    .. Inputs(connection, read),
                    .. Steps(connection, LineageKind.Model, LineageTable.ModelsIn(connection, read), found => [new LineageStep(found, node, "was combined by")]),
                    .. Steps(connection, LineageKind.Model, LineageTable.TeacherIn(connection, read), found => [new LineageStep(found, node, "was distilled by")]),
                ];
            case LineageKind.Model when ModelTable.Find(connection, node.Id)?.RunId is string run:
                return Steps(connection, LineageKind.Run, [run], found => [new LineageStep(found, node, "trained")]);
            case LineageKind.LoggedModel when LoggedModelTable.Find(connection, node.Id)?.RunId is string run:
                return Steps(connection, LineageKind.Run, [run], found => [new LineageStep(found, node, "logged")]);
            case LineageKind.ModelVersion:
                ModelVersion version = RegistryTable.LoadVersions(connection, [node.Id])[0];
                return version.ModelId is string model
                    ? Steps(connection, LineageKind.Model, [model], found => [new LineageStep(found, node, "was registered as")])
                    : version.RunId is string maker ? Steps(connection, LineageKind.Run, [maker], found => [new LineageStep(found, node, "was registered as")]) : [];
            case LineageKind.Deployment:
                return Served(connection, node);
            case LineageKind.Predictions:
                return Steps(connection, LineageKind.Deployment, [node.Id], found => [new LineageStep(found, node, "answered")]);
            default:
                return [];
        }
    }

    /// <summary>The steps that a thing led to, the nearest first.</summary>
    private static IEnumerable<LineageStep[]> After(IDbConnection connection, LineageNode node)
    {
        switch (node.Kind)
        {
            case LineageKind.Dataset:
                return
                [
                    .. Steps(connection, LineageKind.Dataset, LineageTable.DatasetsMadeFrom(connection, node.Id, MostOfOne), found => [new LineageStep(node, found, "was made into")]),
                    .. RunTable.Load(connection, LineageTable.RunsOn(connection, node.Id, MostOfOne)).Select(run => Training(node, run)),
                ];
            case LineageKind.Run:
                return
                [
                    .. Steps(connection, LineageKind.Model, LineageTable.ModelsOf(connection, node.Id, MostOfOne), found => [new LineageStep(node, found, "trained")]),
                    .. Steps(connection, LineageKind.LoggedModel, LoggedModelTable.OfRun(connection, node.Id), found => [new LineageStep(node, found, "logged")]),
                    .. Steps(connection, LineageKind.ModelVersion, LineageTable.VersionsOf(connection, node.Id, MostOfOne), found => [new LineageStep(node, found, "was registered as")]),
                ];
            case LineageKind.Model:
                string[] versions = [.. RegistryTable.VersionsOf(connection, node.Id).Select(row => row.Version.Id)];
                HashSet<string> bound = [.. versions.Select(id => LineageTable.ModelOfVersion(connection, id)?.Deployment).OfType<string>()];
                return
                [
                    .. Steps(connection, LineageKind.ModelVersion, versions, found => [new LineageStep(node, found, "was registered as")]),
                    .. Steps(connection, LineageKind.Run, LineageTable.RunsCombining(connection, node.Id, MostOfOne), found => [new LineageStep(node, found, "was combined by")]),
                    .. Steps(connection, LineageKind.Run, LineageTable.RunsDistilling(connection, node.Id, MostOfOne), found => [new LineageStep(node, found, "was distilled by")]),
                    .. Steps(connection, LineageKind.Deployment, LineageTable.DeploymentsOf(connection, node.Id, MostOfOne).Where(name => !bound.Contains(name)), found => [new LineageStep(node, found, "was served by")]),
                ];
            case LineageKind.ModelVersion when LineageTable.ModelOfVersion(connection, node.Id)?.Deployment is string deployment
                && RegistryTable.LoadVersions(connection, [node.Id])[0].ModelId is string model && LineageTable.DeploymentsOf(connection, model, MostOfOne).Contains(deployment):
                return Steps(connection, LineageKind.Deployment, [deployment], found => [new LineageStep(node, found, "was served by")]);
            case LineageKind.Deployment:
                return Steps(connection, LineageKind.Predictions, [node.Id], found => [new LineageStep(node, found, "answered")]);
            default:
                return [];
        }
    }

    private static IEnumerable<LineageStep[]> Steps(IDbConnection connection, LineageKind kind, IEnumerable<string> ids, Func<LineageNode, LineageStep[]> steps) =>
        ids.Select(id => Find(connection, kind, id)).OfType<LineageNode>().Select(steps);

    /// <summary>From rows to the run that learned from them.</summary>
    private static LineageStep[] Training(LineageNode rows, Run run)
    {
        LineageNode learned = LineageFacts.Of(run);
        if (run.Plan is null)
        {
            return [new LineageStep(rows, learned, "was read by")];
        }

        LineageNode split = LineageFacts.SplitOf(run), pipeline = LineageFacts.PipelineOf(run);
        return [new LineageStep(rows, split, "was split"), new LineageStep(split, pipeline, "was fitted by"), new LineageStep(pipeline, learned, "was carried out by")];
    }

    /// <summary>The stored dataset where there is one; what the run calls it where there is none, or no longer.</summary>
    private static IEnumerable<LineageStep[]> Inputs(IDbConnection connection, Run run)
    {
        LineageNode? stored = run.DatasetId is string id ? Find(connection, LineageKind.Dataset, id) : null;
        if (stored is not null)
        {
            yield return Training(stored, run);
        }

        foreach (DatasetInput input in run.Inputs)
        {
            string? named = StoredAs(input);
            if (stored is not null && named == stored.Id)
            {
                continue;
            }

            yield return named is not null && Find(connection, LineageKind.Dataset, named) is { } dataset ? Training(dataset, run) : Training(LineageFacts.Of(input, run), run);
        }
    }

    private static string? StoredAs(DatasetInput input) => input.SourceType == "strata" && JsonText.Node(input.Source)?["dataset_id"] is JsonValue id && id.TryGetValue(out string? text) ? text : null;

    /// <summary>All models that a deployment has served: by way of the version where it is bound to its registered model.</summary>
    private static IEnumerable<LineageStep[]> Served(IDbConnection connection, LineageNode node)
    {
        string id = DeploymentTable.Find(connection, node.Id)!.Id;
        string? registered = RegistryTable.BoundTo(connection, node.Id)?.Id;
        IEnumerable<string> served = DeploymentTable.History(connection, id, 0, MostOfOne).Items.SelectMany(revision => revision.Plan.Models).Select(model => model.ModelId).Distinct();
        foreach (string modelId in served)
        {
            string[] versions = [.. RegistryTable.VersionsOf(connection, modelId).Where(row => row.ModelId == registered).Select(row => row.Version.Id)];
            LineageKind kind = versions.Length > 0 ? LineageKind.ModelVersion : LineageKind.Model;
            foreach (LineageStep[] step in Steps(connection, kind, versions.Length > 0 ? versions : [modelId], found => [new LineageStep(found, node, "was served by")]))
            {
                yield return step;
            }
        }
    }

    private static string Noun(LineageKind kind) => JsonText.NameOf(kind).Replace('_', ' ');
}
