namespace Strata.Learning.Workflow.Reports;

/// <summary>How to come to the same again.</summary>
/// <param name="Command">On the command line.</param>
/// <param name="CSharp">As a program's lines.</param>
public sealed record Reproduction(string Command, string CSharp)
{
    /// <summary>A command of these words, each as a POSIX shell takes it.</summary>
    public static string CommandOf(IEnumerable<string> words) => string.Join(' ', words.Select(TrainCommand.Quoted));

    /// <summary>The training of a plan on a table.</summary>
    /// <param name="plan">The plan as it was carried out.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="preset">The solution's preset that made the table ready; null for none.</param>
    public static Reproduction Of(TrainingPlan plan, string table, string? preset = null) => new(TrainCommand.Of(plan, table, preset), PlanProgram.Of(plan, table, preset));
}
