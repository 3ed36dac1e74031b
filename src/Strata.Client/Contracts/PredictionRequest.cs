using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>Rows to predict.</summary>
/// <param name="Rows">Column to value (number, text, true, false or null) for each row.</param>
/// <param name="Explain">Whether to say how much each column moved each prediction.</param>
/// <param name="Mapping">The table's column for a model's column, where the names differ.</param>
public sealed record PredictionRequest(
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows, bool Explain = false, IReadOnlyDictionary<string, string>? Mapping = null);
