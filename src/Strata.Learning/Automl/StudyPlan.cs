using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Automl;

/// <summary>What a preset means on a table: folds, layers, and how many candidates where the clock decides nothing.</summary>
/// <param name="Folds">In how many parts the rows are split.</param>
/// <param name="Layers">1 or 2.</param>
/// <param name="Candidates">How many of the portfolio are tried at the most, baselines included.</param>
/// <param name="Repeats">How often the best candidates may be fitted on folds drawn anew, the first time included.</param>
internal sealed record StudyPlan(int Folds, int Layers, int Candidates, int Repeats)
{
    private const int ManyRows = 20_000;

    /// <summary>Rows below which chance decides much of a fold's score.</summary>
    private const int FewRows = 5_000;

    public IReadOnlyList<string> Notes { get; private init; } = [];

    public static StudyPlan Of(AutomlRecipe recipe, TrainingTable table)
    {
        int all = int.MaxValue;
        StudyPlan plan = recipe.Preset switch
        {
            AutomlPreset.Fast => new StudyPlan(3, 1, recipe.Deterministic ? 6 : 10, 1),
            AutomlPreset.Good => new StudyPlan(5, 1, recipe.Deterministic ? 12 : all, 1),
            AutomlPreset.High => new StudyPlan(5, 2, recipe.Deterministic ? 18 : all, 1),
            _ => new StudyPlan(table.RowCount > ManyRows ? 5 : 8, 2, all, table.RowCount > FewRows || recipe.Deterministic ? 1 : 3),
        };
        var notes = new List<string>();
        int most = MostFolds(table), wanted = recipe.Folds == 0 ? plan.Folds : recipe.Folds;
        if (wanted == 1)
        {
            throw new DataException("Folds is 1; at least 2 are needed, or 0 to decide by preset.");
        }

        if (wanted > most && recipe.Folds > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{recipe.Folds} folds were asked for; the table allows {most}."));
        }

        int layers = recipe.Layers == 0 ? plan.Layers : recipe.Layers;
        if (layers > 1 && table.Times is not null)
        {
            notes.Add("Rows are ordered by time, so that only later ones are predicted unseen: there is one layer.");
            layers = 1;
        }

        return plan with { Folds = Math.Max(2, Math.Min(wanted, most)), Layers = layers, Repeats = table.Times is null ? plan.Repeats : 1, Notes = notes };
    }

    /// <summary>In how many folds the table can be split by its structure.</summary>
    public static int MostFolds(TrainingTable table) => table switch
    {
        { Times: double[] times } => times.Distinct().Count() - 1,
        { Groups: int[] groups } => groups.Distinct().Count(),
        { Target: ClassTarget classes } => classes.Codes.CountBy(code => code).Max(pair => pair.Value),
        _ => table.RowCount,
    };
}
