using System.Globalization;

namespace Strata.Learning.Data;

/// <summary>Splits rows into parts to learn from and parts to test on. The same seed gives the same split; time splits need none.</summary>
public static partial class RowSplits
{
    /// <summary>One split that obeys the table's structure: its times if it has them, else its groups, and the classes' shares where that is possible.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="testFraction">The share of rows to test on, between 0 and 1.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <exception cref="DataException">The rows cannot be split so: too few rows, one group, one moment.</exception>
    public static (RowSplit Split, SplitDescription Description) HoldOut(TrainingTable table, double testFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        SplitKind kind = KindFor(table);
        RowSplit split = kind switch
        {
            SplitKind.Time => TimeHoldOut(table.Times!, testFraction),
            SplitKind.StratifiedGroup => StratifiedGroupHoldOut(Codes(table), table.Groups!, testFraction, seed),
            SplitKind.Group => GroupHoldOut(table.Groups!, testFraction, seed),
            SplitKind.Stratified => StratifiedHoldOut(Codes(table), testFraction, seed, keepLoneRowsInTraining: true),
            _ => RandomHoldOut(table.RowCount, testFraction, seed),
        };
        string text = Invariant($"Tested on {split.Test.Length} of {table.RowCount} rows ({100.0 * split.Test.Length / table.RowCount:0.#}%), ");
        return (split, new SplitDescription(kind, text + HowTold(table, kind) + LoneClasses(table, kind, 2, "stays in training")));
    }

    /// <summary>Splits for cross-validation that obey the table's structure: its times if it has them, else its groups, and the classes' shares where that is possible.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="foldCount">How many splits, at least 2.</param>
    /// <param name="seed">Where chance starts.</param>
    /// <exception cref="DataException">The rows cannot be split so: fewer rows, groups or moments than folds need.</exception>
    public static (IReadOnlyList<RowSplit> Folds, SplitDescription Description) Folds(TrainingTable table, int foldCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        SplitKind kind = KindFor(table);
        RowSplit[] folds = kind switch
        {
            SplitKind.Time => TimeFolds(table.Times!, foldCount),
            SplitKind.StratifiedGroup => StratifiedGroupKFold(Codes(table), table.Groups!, foldCount, seed),
            SplitKind.Group => GroupKFold(table.Groups!, foldCount, seed),
            SplitKind.Stratified => StratifiedKFold(Codes(table), foldCount, seed),
            _ => KFold(table.RowCount, foldCount, seed),
        };
        string text = Invariant($"{foldCount} folds over {table.RowCount} rows, ");
        return (folds, new SplitDescription(kind, text + HowTold(table, kind) + LoneClasses(table, kind, foldCount, "is not tested in every fold")));
    }

    /// <summary>The group codes of a column: rows of equal text belong together; a row without a value is a group of its own.</summary>
    public static int[] GroupsOf(Column column) => GroupsOf(column, out _);

    /// <summary>The group codes of a column, and each group's name: its text, or the row's number where it has none.</summary>
    public static int[] GroupsOf(Column column, out IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(column);
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var nameOf = new List<string>();
        var groups = new int[column.Count];
        for (int row = 0; row < groups.Length; row++)
        {
            if (column.TextAt(row) is not string text)
            {
                groups[row] = nameOf.Count;
                nameOf.Add(string.Create(CultureInfo.InvariantCulture, $"row {row + 1} alone"));
            }
            else if (codeOf.TryGetValue(text, out int code))
            {
                groups[row] = code;
            }
            else
            {
                codeOf[text] = groups[row] = nameOf.Count;
                nameOf.Add(text);
            }
        }

        names = nameOf;
        return groups;
    }

    private static SplitKind KindFor(TrainingTable table) => (table.Times, table.Groups, table.Target) switch
    {
        ({ }, _, _) => SplitKind.Time,
        (null, { }, ClassTarget) => SplitKind.StratifiedGroup,
        (null, { }, _) => SplitKind.Group,
        (null, null, ClassTarget) => SplitKind.Stratified,
        _ => SplitKind.Random,
    };

    private static int[] Codes(TrainingTable table) => ((ClassTarget)table.Target).Codes;

    private static string HowTold(TrainingTable table, SplitKind kind)
    {
        string groups = table.Groups is int[] codes ? Invariant($"the {codes.Distinct().Count()} groups") : string.Empty;
        return kind switch
        {
            SplitKind.Time when table.Groups is not null => $"always later ones than those learned from; rows of one group may stand on both sides ({groups}).",
            SplitKind.Time => "always later ones than those learned from.",
            SplitKind.StratifiedGroup => $"none of {groups} split apart, shares of classes kept as far as that allows.",
            SplitKind.Group => $"none of {groups} split apart.",
            SplitKind.Stratified => "at random with the shares of classes kept.",
            _ => "at random.",
        };
    }

    /// <summary>A sentence about classes with fewer rows than <paramref name="enough"/>, where shares of classes are kept.</summary>
    private static string LoneClasses(TrainingTable table, SplitKind kind, int enough, string consequence)
    {
        if (kind != SplitKind.Stratified)
        {
            return string.Empty;
        }

        var counts = new int[table.Target.Classes.Count];
        foreach (int code in Codes(table))
        {
            counts[code]++;
        }

        string[] few = [.. table.Target.Classes.Where((_, code) => counts[code] > 0 && counts[code] < enough)];
        return few.Length == 0 ? string.Empty : Invariant($" Fewer than {enough} rows, so it {consequence}: {NearNames.List(few, 5)}.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
