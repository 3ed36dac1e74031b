using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>Rows to predict.</summary>
/// <param name="Rows">Column to value (number, text, true, false or null) for each row.</param>
/// <param name="Explain">Whether to say how much each column moved each prediction.</param>
/// <param name="Mapping">The table's column for a model's column, where the names differ.</param>
/// <param name="Reasons">How to explain; giving it asks for reasons too.</param>
public sealed record PredictionRequest(
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows, bool Explain = false, IReadOnlyDictionary<string, string>? Mapping = null, ReasonRequest? Reasons = null);

/// <summary>How predictions are explained.</summary>
/// <param name="Method">What stands in for the columns that are not known of a row.</param>
/// <param name="BackgroundDatasetId">For the interventional method, the dataset to compare with; null for the asked rows themselves.</param>
/// <param name="BackgroundRows">So many background rows are taken by chance when there are more, 1 to 1000.</param>
/// <param name="Interactions">Whether to say also how much each pair of columns moved each prediction together; by the path method only.</param>
public sealed record ReasonRequest(
    ExplanationMethod Method = ExplanationMethod.Path, string? BackgroundDatasetId = null, int BackgroundRows = 100, bool Interactions = false);

/// <summary>What stands in for the columns that are not known of a row: averages over the training rows along the trees' paths, or the values of background rows, each in turn.</summary>
public enum ExplanationMethod
{
    Path,
    Interventional,
}
