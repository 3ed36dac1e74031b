using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>Makes a <see cref="Target"/> of a column: decides between class and number, orders the classes, and finds the rows that have a value.</summary>
public static class TargetReader
{
    /// <summary>A whole-number column with at most this many different values is read as classes unless the plan says otherwise.</summary>
    public const int MostIntegerClasses = 10;

    /// <summary>More classes than this is almost always a mistake: an identifier or a number read as text.</summary>
    public const int MostClasses = 1000;

    public static TargetKind KindOf(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Type switch
        {
            ColumnType.Category or ColumnType.Text or ColumnType.Boolean => TargetKind.Classification,
            ColumnType.Int64 => ((Int64Column)column).Values.Distinct().Take(MostIntegerClasses + 1).Count() <= MostIntegerClasses
                ? TargetKind.Classification
                : TargetKind.Regression,
            _ => TargetKind.Regression,
        };
    }

    /// <summary>The 0-based rows that have a target value.</summary>
    public static int[] RowsWithValue(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        return rows.Length > 0
            ? rows
            : throw new DataException($"Target '{column.Name}' has no value in any of its {column.Count} rows; choose another target or add labels.");
    }

    /// <summary>The target of a column without missing values.</summary>
    /// <param name="column">The values.</param>
    /// <param name="kind">Class or number.</param>
    /// <param name="positiveClass">For two classes: which one is code 1.</param>
    public static Target Read(Column column, TargetKind kind, string? positiveClass = null) =>
        kind == TargetKind.Regression ? ReadNumbers(column) : ReadClasses(column, positiveClass);

    /// <summary>The codes of a column's values among classes that a model knows; rows with another value are a problem.</summary>
    public static Target Read(Column column, ModelSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (!signature.Task.IsClassification())
        {
            return ReadNumbers(column);
        }

        Dictionary<string, int> codeOf = signature.Classes.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        var codes = new int[column.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            string text = ClassText(column, row);
            codes[row] = codeOf.TryGetValue(text, out int code)
                ? code
                : throw new DataException($"Row {row + 1} of '{column.Name}' is '{text}', which the model does not know; its classes are {NearNames.List(signature.Classes, 12)}.");
        }

        return new ClassTarget(column.Name, codes, signature.Classes);
    }

    private static ClassTarget ReadClasses(Column column, string? positiveClass)
    {
        string[] texts = [.. Enumerable.Range(0, column.Count).Select(row => ClassText(column, row))];
        List<string> classes = column.IsNumeric
            ? [.. Enumerable.Range(0, column.Count).Select(row => (Number: column.NumberAt(row), Text: texts[row])).DistinctBy(pair => pair.Text).OrderBy(pair => pair.Number).Select(pair => pair.Text)]
            : [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Count > MostClasses || (classes.Count > 20 && classes.Count > column.Count / 2))
        {
            string advice = column.IsNumeric ? "Train it as regression (--task regression)." : "Is it an identifier or free text? Choose another target.";
            throw new DataException($"Target '{column.Name}' has {classes.Count} different classes in {column.Count} rows. {advice}");
        }

        if (positiveClass is not null)
        {
            if (classes.Count != 2 || !classes.Remove(positiveClass))
            {
                throw new DataException($"The positive class '{positiveClass}' is not one of two classes of '{column.Name}': {NearNames.List(classes, 12)}.");
            }

            classes.Add(positiveClass);
        }

        Dictionary<string, int> codeOf = classes.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        return new ClassTarget(column.Name, [.. texts.Select(text => codeOf[text])], classes);
    }

    private static NumberTarget ReadNumbers(Column column)
    {
        if (!column.IsNumeric)
        {
            throw new DataException($"Target '{column.Name}' is {(column.Type == ColumnType.Text ? "text" : "a category")}, such as '{column.TextAt(0)}'; regression needs numbers. Train it as classification, or choose another target.");
        }

        var values = new double[column.Count];
        column.CopyNumbers(values);
        int infinite = Array.FindIndex(values, value => !double.IsFinite(value));
        return infinite < 0
            ? new NumberTarget(column.Name, values)
            : throw new DataException($"Target '{column.Name}' is {values[infinite]} in row {infinite + 1}; a target must be finite.");
    }

    private static string ClassText(Column column, int row) => column.TextAt(row) ?? string.Empty;
}
