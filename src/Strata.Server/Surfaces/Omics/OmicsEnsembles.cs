using System.Globalization;
using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Models;
using Strata.Server.Runs;
using Strata.Server.Safety;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Surfaces.Omics;

/// <summary>The omics framework's ensembles in Strata's words: of algorithms that are trained together, or of stored models.</summary>
internal static class OmicsEnsembles
{
    private static readonly OmicsEnsembleMethod[] Every = Enum.GetValues<OmicsEnsembleMethod>();

    /// <summary>Algorithms trained together.</summary>
    public static AskedRun ToRun(this OmicsEnsembleRequest request, Dataset dataset)
    {
        var problems = new List<string>();
        PlanRequest plan = OmicsPlans.PlanOf(request, dataset, problems, out string[] notes);
        string[] members = OmicsPlans.Named(request.Algorithms, "algorithms", dataset, problems, out string[] renamed);
        Dictionary<string, JsonElement> settings = Settings(request, dataset, members, problems, out string[] renamedMeta);
        return OmicsPlans.Asked(request, dataset, plan with { Algorithm = Word(MethodOf(request)), Hyperparameters = settings }, [.. notes, .. renamed, .. renamedMeta], problems);
    }

    /// <summary>Stored models combined as they are.</summary>
    /// <exception cref="NotFoundException">There is no such model, or the caller may not see it.</exception>
    /// <exception cref="DataException">They cannot be combined so; all problems at once.</exception>
    public static AskedRun ToRun(this OmicsEnsembleRequest request, Dataset dataset, Caller caller, StrataPlatform platform)
    {
        foreach (string id in request.ModelIds!)
        {
            caller.Require(Role.Viewer, Thing.Model, id, platform);
        }

        var problems = new List<string>(Unfitting(request).Select(field => $"'{field}' goes with algorithms that are trained; stored models are combined as they are."));
        Dictionary<string, JsonElement> settings = Settings(request, dataset, [], problems, out string[] notes);
        EnsembleDraft? draft = DraftOf(request, dataset, platform, problems);
        if (draft is not null && request.Target is string target && target != draft.Signature.Target)
        {
            problems.Add($"'target' is '{target}', and the models predict '{draft.Signature.Target}'.");
        }

        DataException.ThrowIfAny(problems);
        TargetKind task = draft!.Signature.Task.IsClassification() ? TargetKind.Classification : TargetKind.Regression;
        var plan = new PlanRequest(
            draft.Signature.Target, task, Word(MethodOf(request)), settings, Group: request.Group ?? draft.Group, Time: request.Time ?? draft.Time, PositiveClass: draft.Signature.Classes is [_, string positive] ? positive : null, Seed: request.Seed);
        return new AskedRun(new RunRequest(dataset.Id, plan, request.Name ?? NameOf(draft, request), draft.Preset, Priority: request.Priority)) { Members = draft.Members, Leaks = draft.Leaks, Notes = notes };
    }

    private static EnsembleDraft? DraftOf(OmicsEnsembleRequest request, Dataset dataset, StrataPlatform platform, List<string> problems)
    {
        try
        {
            return platform.Ensembles.Draft(request.ModelIds!, dataset);
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
            return null;
        }
    }

    private static string NameOf(EnsembleDraft draft, OmicsEnsembleRequest request) => $"{Word(MethodOf(request))} of {draft.Members.Count} models for {draft.Signature.Target}";

    /// <summary>Fields that speak of a training.</summary>
    private static IEnumerable<string> Unfitting(OmicsEnsembleRequest request)
    {
        (string Field, bool IsGiven)[] fields =
        [
            ("algorithms", request.Algorithms is not null), ("task", request.Task is not null), ("test_size", request.TestSize is not null), ("exclude_columns", request.ExcludeColumns is not null),
        ];
        return fields.Where(field => field.IsGiven).Select(field => field.Field);
    }

    private static Dictionary<string, JsonElement> Settings(OmicsEnsembleRequest request, Dataset dataset, string[] members, List<string> problems, out string[] notes)
    {
        OmicsEnsembleMethod method = MethodOf(request);
        string[] meta = OmicsPlans.Named(request.MetaLearner is null ? null : [request.MetaLearner], "meta_learner", dataset, problems, out notes);
        var settings = new Dictionary<string, JsonElement>();
        void Set<T>(string field, bool isGiven, string name, T value, params OmicsEnsembleMethod[] of)
        {
            if (isGiven && !of.Contains(method))
            {
                problems.Add($"'{field}' goes with {string.Join(" and ", of.Select(Word))}; the method is {Word(method)}.");
            }
            else if (isGiven)
            {
                settings[name] = JsonSerializer.SerializeToElement(value);
            }
        }

        Set("algorithms", members.Length > 0, "members", string.Join(", ", members), Every);
        Set("voting", request.Voting is not null, "vote", request.Voting is OmicsVote vote ? JsonNamingPolicy.SnakeCaseLower.ConvertName(vote.ToString()) : null, OmicsEnsembleMethod.Voting);
        Set("weights", request.Weights is not null, "weights", string.Join(',', (request.Weights ?? []).Select(weight => weight.ToString("R", CultureInfo.InvariantCulture))), OmicsEnsembleMethod.Voting);
        Set("meta_learner", request.MetaLearner is not null, "meta_learner", string.Concat(meta), OmicsEnsembleMethod.Stacking, OmicsEnsembleMethod.Blending);
        Set("folds", request.Folds is not null, "folds", request.Folds, OmicsEnsembleMethod.Stacking);
        Set("held_back", request.HeldBack is not null, "held_back", request.HeldBack, OmicsEnsembleMethod.Blending);
        return settings;
    }

    private static OmicsEnsembleMethod MethodOf(OmicsEnsembleRequest request) => request.Method ?? OmicsEnsembleMethod.Voting;

    private static string Word(OmicsEnsembleMethod method) => method.ToString().ToLowerInvariant();
}
