using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Keeps the best of some scored columns.</summary>
internal static class BestColumns
{
    /// <summary>A step that keeps the columns of the largest scores, the earlier of equals, and those without a score.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="scores">One a column; null for a column that is kept anyway.</param>
    /// <param name="keep">How many scored columns are kept, or null for the share.</param>
    /// <param name="share">The share of scored columns that is kept, at least one.</param>
    public static IFittedStep Step(string step, Frame rows, double?[] scores, int? keep, double share)
    {
        int[] ranked = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] is not null).OrderByDescending(i => scores[i])];
        int count = Math.Min(ranked.Length, keep ?? Math.Max(1, (int)Math.Round(share * ranked.Length)));
        int[] dropped = [.. ranked.Skip(count).Order()];
        var isDropped = dropped.ToHashSet();
        string note = string.Create(CultureInfo.InvariantCulture, $"Step '{step}' kept {count} of {ranked.Length} columns{(ranked.Length < scores.Length ? $" and {scores.Length - ranked.Length} that it does not score" : string.Empty)}; left out: {NearNames.List([.. dropped.Select(i => rows.Columns[i].Name)], 12)}.");
        return KeepRule.Step(step, rows.Names.Where((_, i) => !isDropped.Contains(i)), dropped.Length == 0 ? [] : [note]);
    }
}
