using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What to explain, and how. Rows are given here or taken from a dataset.</summary>
/// <param name="Rows">Column to value (number, text, true, false or null) for each row; null to take a dataset's.</param>
/// <param name="DatasetId">The dataset whose rows are taken; null where rows are given.</param>
/// <param name="Offset">The first row of the dataset that is taken, from 0; null for 0.</param>
/// <param name="Count">How many rows of the dataset are taken; null for all that follow.</param>
/// <param name="Mapping">The table's column for a model's column, where the names differ.</param>
/// <param name="Method">What stands in for the columns that are not known of a row.</param>
/// <param name="BackgroundDatasetId">The dataset to compare with, for every method but path; null for the asked rows themselves, and for methods that sample their dataset or the rows that the model was tested on.</param>
/// <param name="BackgroundRows">So many background rows are taken by chance when there are more, 1 to 1000.</param>
/// <param name="Interactions">Whether to say also how much each pair of columns moved each score together; by the path method only.</param>
/// <param name="Importance">What matters on the whole in place of row by row; rows are needed for permutation only, with the target among their columns.</param>
/// <param name="Seed">Of the choice of background rows, of shuffles and samples; null for 0.</param>
/// <param name="Evaluations">For methods that sample: how many changed rows the model is asked for each explained row; null for 1000.</param>
/// <param name="Plots">Whether to draw the reasons too.</param>
/// <param name="Output">The class whose reasons are drawn; null for the second of two, the first of several.</param>
public sealed record ExplanationRequest(
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Rows = null,
    string? DatasetId = null,
    int? Offset = null,
    int? Count = null,
    IReadOnlyDictionary<string, string>? Mapping = null,
    ExplanationMethod Method = ExplanationMethod.Auto,
    string? BackgroundDatasetId = null,
    int BackgroundRows = 100,
    bool Interactions = false,
    ImportanceKind? Importance = null,
    ulong? Seed = null,
    int? Evaluations = null,
    bool Plots = false,
    string? Output = null);

/// <summary>By what columns matter: how much the main metric falls when one is shuffled, or what the splits of the trees on it gained, saw, or number.</summary>
public enum ImportanceKind
{
    Permutation,
    Gain,
    Cover,
    Splits,
}
