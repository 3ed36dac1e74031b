using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>Rows to predict.</summary>
/// <param name="Rows">Column to value (number, text, true, false or null) for each row.</param>
/// <param name="Explain">Whether to say how much each column moved each prediction.</param>
/// <param name="Mapping">The table's column for a model's column, where the names differ.</param>
/// <param name="Reasons">How to explain; giving it asks for reasons too.</param>
/// <param name="Keep">Columns of the rows that stand beside the answers; null for those that the training set aside and that tell rows apart, such as its group and dropped identifiers.</param>
public sealed record PredictionRequest(
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows, bool Explain = false, IReadOnlyDictionary<string, string>? Mapping = null, ReasonRequest? Reasons = null, IReadOnlyList<string>? Keep = null);

/// <summary>How predictions are explained.</summary>
/// <param name="Method">What stands in for the columns that are not known of a row.</param>
/// <param name="BackgroundDatasetId">The dataset to compare with, for every method but path; null for the asked rows themselves, and for methods that sample the rows that the model was tested on.</param>
/// <param name="BackgroundRows">So many background rows are taken by chance when there are more, 1 to 1000.</param>
/// <param name="Interactions">Whether to say also how much each pair of columns moved each prediction together; by the path method only.</param>
/// <param name="Evaluations">For methods that sample: how many changed rows the model is asked for each explained row; null for 1000.</param>
public sealed record ReasonRequest(
    ExplanationMethod Method = ExplanationMethod.Auto, string? BackgroundDatasetId = null, int BackgroundRows = 100, bool Interactions = false, int? Evaluations = null);

/// <summary>
/// What stands in for the columns that are not known of a row: averages over the training rows along the trees' paths (path), or the values of background rows, each in turn
/// (interventional). These two are exact and for trees, linear models and sums of them. For every model, by sampling with standard errors: kernel and permutation. Auto is an exact method where
/// the model has one, else one of those that sample.
/// </summary>
public enum ExplanationMethod
{
    Path,
    Interventional,
    Kernel,
    Permutation,
    Auto,
}

/// <summary>What of a model is explained: the score before it became a probability, or the prediction itself, a probability or number.</summary>
public enum ExplainedOutput
{
    RawScore,
    Prediction,
}
