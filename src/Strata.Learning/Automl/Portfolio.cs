using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation;

namespace Strata.Learning.Automl;

/// <summary>A recipe to try, as text, under a name.</summary>
public sealed record PortfolioEntry(string Name, string Recipe);

/// <summary>The recipes that are tried, those first that were worth most on many other tables.</summary>
public static class Portfolio
{
    private const string Resource = "portfolio.json";
    private static readonly Lazy<IReadOnlyDictionary<string, PortfolioEntry[]>> Lists = new(Read);

    /// <summary>The lists that the program brings: <c>two_classes</c>, <c>classes</c> and <c>numbers</c> for tables, and <c>series</c>, <c>image</c>, <c>points</c> and <c>several</c> where columns hold arrays.</summary>
    public static IReadOnlyDictionary<string, PortfolioEntry[]> All => Lists.Value;

    /// <summary>What is tried on a table: always the baseline first and a linear model second.</summary>
    /// <param name="task">What is predicted.</param>
    /// <param name="table">What is learned from.</param>
    public static IReadOnlyList<PortfolioEntry> For(LearningTask task, Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        ColumnType[] arrays = [.. table.Columns.Select(column => column.Type).Where(type => type.IsArray())];
        string list = arrays.Length > 1 ? "several"
            : arrays.Length == 1 ? arrays[0].ToString().ToLowerInvariant()
            : task switch { LearningTask.BinaryClassification => "two_classes", LearningTask.MulticlassClassification => "classes", _ => "numbers" };
        return WithBaselines(All[list], task);
    }

    /// <summary>The texts as entries named after their algorithms, the baseline and a linear model before them.</summary>
    internal static IReadOnlyList<PortfolioEntry> Of(IReadOnlyList<string> texts, LearningTask task)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        string NameOf(string text)
        {
            string algorithm = text.Split('(')[0].Trim();
            int number = used[algorithm] = used.GetValueOrDefault(algorithm) + 1;
            return number == 1 ? algorithm : $"{algorithm} {number}";
        }

        return WithBaselines([.. texts.Select(text => new PortfolioEntry(NameOf(text), text))], task);
    }

    /// <summary>Whether a text is the linear model that others are compared with.</summary>
    internal static bool IsLinear(string text) => text is LinearOfClasses or LinearOfNumbers;

    private const string LinearOfClasses = "logistic_regression", LinearOfNumbers = "ridge";

    private static IReadOnlyList<PortfolioEntry> WithBaselines(IReadOnlyList<PortfolioEntry> entries, LearningTask task)
    {
        string linear = task.IsClassification() ? LinearOfClasses : LinearOfNumbers;
        PortfolioEntry[] first = [.. new[] { Baseline.AlgorithmName, linear }.Select(text => entries.FirstOrDefault(entry => entry.Recipe == text) ?? new PortfolioEntry(text, text))];
        return [.. first, .. entries.Except(first)];
    }

    private static Dictionary<string, PortfolioEntry[]> Read()
    {
        using Stream stream = typeof(Portfolio).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, PortfolioEntry[]>>(stream, ModelFileJson.Options)!;
    }
}
