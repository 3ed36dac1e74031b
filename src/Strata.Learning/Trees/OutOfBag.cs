using System.Globalization;
using System.Text.Json.Serialization;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees;

/// <summary>How good a forest is on its own training rows when each is judged only by the trees that did not see it (Breiman 2001, section 3.1).</summary>
/// <param name="Metrics">Value by metric; one that is undefined on these rows is left out.</param>
/// <param name="RowCount">How many rows some tree did not see.</param>
/// <param name="Coverage">Their share of the training rows that count.</param>
/// <param name="HasGroups">Whether rows belonged to groups, which are drawn apart: the estimate then flatters.</param>
public sealed record OutOfBag(IReadOnlyDictionary<string, double> Metrics, int RowCount, double Coverage, bool HasGroups)
{
    /// <summary>The 0-based training rows that were judged, ascending; empty for a model that was read from a file.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Rows { get; init; } = [];

    /// <summary>The predictions for <see cref="Rows"/>; null for a model that was read from a file.</summary>
    [JsonIgnore]
    public Predictions? Predictions { get; init; }

    /// <summary>The estimate in one sentence.</summary>
    [JsonIgnore]
    public string Note
    {
        get
        {
            string metrics = string.Join(", ", Shown.Where(Metrics.ContainsKey).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {Metrics[name]:0.####}")));
            string flatters = HasGroups ? " Rows of one group may be on both sides, so that it flatters." : string.Empty;
            return string.Create(CultureInfo.InvariantCulture, $"Out of bag, each row judged by the trees that did not see it ({100 * Coverage:0.#} % of the training rows): {metrics}.{flatters}");
        }
    }

    private static IEnumerable<string> Shown => ["accuracy", "roc_auc", "log_loss", "r2", "rmse"];

    internal static OutOfBag? Read(ModelReader reader)
    {
        OutOfBag? read = reader.TryGet<OutOfBag>("out_of_bag");
        return read is null || (read.Metrics is not null && read.Metrics.Values.All(double.IsFinite) && read.RowCount > 0 && read.Coverage is > 0 and <= 1)
            ? read
            : throw new ModelFileException("The out-of-bag scores of the model file are damaged.");
    }
}
