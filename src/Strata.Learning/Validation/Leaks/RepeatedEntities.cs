using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Validation.Leaks;

/// <summary>
/// A column whose equal values mark rows of one entity (patient, star, site), while no group is declared: other columns hardly change within them, or the target
/// does not. Rows of an entity on both sides of a split let a model recognise it instead of learning.
/// </summary>
internal static class RepeatedEntities
{
    private const int LeastEntities = 20;
    private const double LeastRowsEach = 1.5;
    private const double MostRowsEachShare = 0.05;
    private const double ConstantShare = 0.9;
    private const int LeastConstantColumns = 2;
    private const int MostOtherColumns = 200;
    private const int MostLookedAt = 2000;

    public static IEnumerable<LeakFinding> Of(AuditedTable rows)
    {
        if (rows.Table.Groups is not null)
        {
            return [];
        }

        // The finest description of an entity says it all; coarser ones (site of a patient) follow from it.
        return rows.Table.Features.Columns.Select(column => Entity(column, rows)).OfType<LeakFinding>().OrderByDescending(finding => finding.Evidence["constant_columns"]).ThenByDescending(finding => finding.Evidence["entities"]).Take(3);
    }

    private static LeakFinding? Entity(Column column, AuditedTable rows)
    {
        int[][]? entities = Entities(column);
        if (entities is null)
        {
            return null;
        }

        int? shared = rows.Split is RowSplit split ? SharedCount(entities, split, column.Count) : null;
        if (shared == 0)
        {
            return null;
        }

        int[][] looked = [.. entities.Take(MostLookedAt)];
        bool named = NameWords.Of(column.Name) is { Length: > 0 } words && words[^1] is "id" or "key" or "code" or "name" or "number" or "uuid";
        string[] constant = [.. rows.Table.Features.Columns.Where(other => other != column).Take(MostOtherColumns).Where(other => IsConstantWithin(other, looked)).Select(other => other.Name)];
        double target = TargetAlike(looked, rows.Table.Target);
        bool strong = constant.Length >= LeastConstantColumns;
        if (!strong && !(named && (target > 0.5 || constant.Length > 0)))
        {
            return null;
        }

        string evidence = constant.Length > 0 ? $"{NearNames.List(constant, 4)} hardly change{(constant.Length == 1 ? "s" : string.Empty)} within them" : string.Create(CultureInfo.InvariantCulture, $"rows of one have similar '{rows.TargetName}' ({target:0.00} on a scale from 0 to 1)");
        return new LeakFinding(
            LeakKind.RepeatedEntity, LeakSeverity.Warning, column.Name,
            $"'{column.Name}' seems to name entities with several rows each ({entities.Length} repeated values): {evidence}. {(shared is int both ? $"The split puts rows of {both} of them on both sides." : "A split may put rows of one entity on both sides.")}",
            rows.Names.IsTestApart ? "Test on entities that none of the training rows is of." : $"Declare it (--group {column.Name}) so that rows of one entity stay together, and nothing is learned from it.",
            Evidence());

        Dictionary<string, double> Evidence()
        {
            var figures = new Dictionary<string, double> { ["entities"] = entities.Length, ["constant_columns"] = constant.Length, ["target_alike"] = target };
            if (shared is int torn)
            {
                figures["shared_entities"] = torn;
            }

            return figures;
        }
    }

    private static int SharedCount(int[][] entities, RowSplit split, int rowCount)
    {
        var isTest = new bool[rowCount];
        foreach (int row in split.Test)
        {
            isTest[row] = true;
        }

        return entities.Count(rows => rows.Any(row => isTest[row]) && !rows.All(row => isTest[row]));
    }

    /// <summary>The rows of each value that repeats; null when the values are too few or too many to be entities.</summary>
    private static int[][]? Entities(Column column)
    {
        if (column.Type is not (ColumnType.Int64 or ColumnType.Text or ColumnType.Category))
        {
            return null;
        }

        int[][] all = column is Int64Column
            ? [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).GroupBy(column.NumberAt).Select(group => group.ToArray())]
            : [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).GroupBy(column.TextAt).Select(group => group.ToArray())];
        int present = all.Sum(rows => rows.Length);
        int[][] repeated = [.. all.Where(rows => rows.Length > 1)];
        return all.Length >= LeastEntities && present >= LeastRowsEach * all.Length && all.Max(rows => rows.Length) <= Math.Max(20, MostRowsEachShare * present) && repeated.Length >= LeastEntities / 2
            ? repeated
            : null;
    }

    /// <summary>Whether a column with many values keeps one in nearly every entity: few values would do so by chance.</summary>
    private static bool IsConstantWithin(Column column, int[][] entities)
    {
        int constant = entities.Count(rows => rows.Skip(1).All(row => column.IsSame(rows[0], row)));
        if (constant < ConstantShare * entities.Length)
        {
            return false;
        }

        return entities.Select(rows => column.TextAt(rows[0]) ?? string.Empty).Distinct().Take(10).Count() >= Math.Min(10, entities.Length / 4);
    }

    /// <summary>How alike the target is within entities: the share of its variance (of the classes' disagreement) that lies between them, corrected for chance.</summary>
    private static double TargetAlike(int[][] entities, Target target)
    {
        int[] order = [.. entities.SelectMany(rows => rows)];
        double[] values = target is ClassTarget classes ? [.. order.Select(row => (double)classes.Codes[row])] : [.. order.Select(row => ((NumberTarget)target).Values[row])];
        double within = 0, pairs = 0, overall = values.Average(), variance = values.Average(value => (value - overall) * (value - overall));
        double chance = values.GroupBy(value => value).Sum(group => Math.Pow((double)group.Count() / values.Length, 2));
        int at = 0;
        foreach (int[] rows in entities)
        {
            for (int i = 1; i < rows.Length; i++)
            {
                double gap = values[at + i] - values[at + i - 1];
                within += target is ClassTarget ? (gap == 0 ? 0 : 1) : gap * gap / 2;
                pairs++;
            }

            at += rows.Length;
        }

        double scale = target is ClassTarget ? 1 - chance : variance;
        return scale > 0 ? 1 - within / pairs / scale : 0;
    }
}
