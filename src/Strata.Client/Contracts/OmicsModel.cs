using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>Some models, the newest first.</summary>
/// <param name="Models">The models.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record OmicsModelsView(IReadOnlyList<ModelView> Models, int Total);

/// <summary>What is known of a model.</summary>
/// <param name="ModelId">Its id.</param>
/// <param name="Model">The model.</param>
/// <param name="JobId">The job that trained it; null where it was not trained here.</param>
/// <param name="Metrics">Metrics of its test rows.</param>
/// <param name="Evaluation">Confusion, curves, importance and the leak audit; null where it was not trained here.</param>
/// <param name="TrainingHistory">For each epoch or iteration its number (<c>epoch</c>, from 1) and what was measured.</param>
/// <param name="Leaderboard">The candidates that it was made of; null where it was not.</param>
/// <param name="Notes">What a reader should know.</param>
/// <param name="Members">Of an ensemble of stored models its members, each alone on the same rows; null for others.</param>
/// <param name="TaughtBy">Of a distilled model the one whose answers it learned, on the same test rows; null for others.</param>
public sealed record OmicsResultsView(
    string ModelId,
    ModelView Model,
    string? JobId,
    IReadOnlyDictionary<string, double?> Metrics,
    EvaluationView? Evaluation,
    IReadOnlyList<IReadOnlyDictionary<string, double?>> TrainingHistory,
    LeaderboardView? Leaderboard,
    IReadOnlyList<string> Notes,
    EnsembleMembersView? Members = null,
    TaughtByView? TaughtBy = null);

/// <summary>What of a model is to be explained, and how.</summary>
/// <param name="Method"><c>shap</c>, <c>tree_shap</c>, <c>linear_shap</c>, <c>interventional_shap</c>, <c>interactions</c>, <c>permutation</c>, <c>gain</c>, <c>cover</c> or <c>splits</c>; for every model <c>kernel_shap</c>, <c>permutation_shap</c>, <c>lime</c>, <c>pdp</c>, <c>ice</c>, <c>ale</c>, <c>friedman_h</c>, <c>counterfactual</c>, <c>surrogate</c> and <c>cohort</c>; of networks <c>integrated_gradients</c> and <c>gradient_x_input</c>; of series and images <c>occlusion</c>. <c>shap</c> is exact where the model has exact contributions, else sampled.</param>
/// <param name="Rows">Column to value for each row; null to take a dataset's.</param>
/// <param name="DatasetId">The dataset whose rows are taken; null where rows are given.</param>
/// <param name="Offset">The first row of the dataset that is taken, from 0; null for 0.</param>
/// <param name="Count">How many rows of the dataset are taken; null for all that follow.</param>
/// <param name="BackgroundDatasetId">The dataset to compare with; null for the asked rows themselves, and for methods that sample their dataset or the rows that the model was tested on.</param>
/// <param name="BackgroundRows">So many background rows are taken by chance when there are more; null for 100.</param>
/// <param name="Seed">Of the choice of background rows and of shuffles; null for 0.</param>
/// <param name="Columns">For <c>pdp</c>, <c>ice</c> and <c>ale</c>: 1 to 20 columns along which the effect is told; for <c>friedman_h</c> those whose pairs are told, null for the columns that do most; for <c>occlusion</c> the column of series or images, null for the only one.</param>
/// <param name="Evaluations">For methods that sample: changed rows that the model is asked for, for each explained row; null for the method's usual number.</param>
/// <param name="WantedClass">For <c>counterfactual</c>: the class that is wanted; null for any other than now.</param>
/// <param name="WantedLow">For <c>counterfactual</c> of a number: at least this.</param>
/// <param name="WantedHigh">For <c>counterfactual</c> of a number: at most this.</param>
/// <param name="Immutable">For <c>counterfactual</c>: columns that stay as they are.</param>
/// <param name="Cohort">For <c>cohort</c>: the two groups of rows.</param>
/// <param name="Plots">Whether to draw the reasons too: of rows, and heat maps over time of series.</param>
/// <param name="Output">The class whose reasons are drawn; null for the second of two, the first of several.</param>
public sealed record OmicsExplanationRequest(
    string Method = "shap",
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Rows = null,
    string? DatasetId = null,
    int? Offset = null,
    int? Count = null,
    string? BackgroundDatasetId = null,
    int? BackgroundRows = null,
    ulong? Seed = null,
    IReadOnlyList<string>? Columns = null,
    int? Evaluations = null,
    string? WantedClass = null,
    double? WantedLow = null,
    double? WantedHigh = null,
    IReadOnlyList<string>? Immutable = null,
    CohortRequest? Cohort = null,
    bool Plots = false,
    string? Output = null);

/// <summary>Why a model answers as it does.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Method">As it was asked for.</param>
/// <param name="Explanation">What each column did, row by row or on the whole.</param>
/// <param name="Lime">By <c>lime</c> one a row and output; else null.</param>
/// <param name="Effects">By <c>pdp</c>, <c>ice</c> and <c>ale</c> one a column; else null.</param>
/// <param name="Counterfactuals">By <c>counterfactual</c> one a row; else null.</param>
/// <param name="Surrogate">By <c>surrogate</c>; else null.</param>
/// <param name="Pairs">By <c>friedman_h</c>, the largest strength first; else null.</param>
/// <param name="Attributions">By <c>integrated_gradients</c> and <c>gradient_x_input</c> one a row and output; else null.</param>
/// <param name="Occlusions">By <c>occlusion</c> one a row and output; else null.</param>
/// <param name="Cohorts">By <c>cohort</c>; else null.</param>
public sealed record OmicsExplanationView(
    string ModelId,
    string Method,
    ExplanationView Explanation,
    IReadOnlyList<LimeView>? Lime = null,
    IReadOnlyList<EffectView>? Effects = null,
    IReadOnlyList<CounterfactualAnswerView>? Counterfactuals = null,
    SurrogateView? Surrogate = null,
    IReadOnlyList<FriedmanHView>? Pairs = null,
    IReadOnlyList<AttributionView>? Attributions = null,
    IReadOnlyList<OcclusionView>? Occlusions = null,
    CohortComparisonView? Cohorts = null);
