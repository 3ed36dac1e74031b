using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A plan as the lines of a C# program, the plan itself as JSON so that nothing of it is lost.</summary>
internal static class PlanProgram
{
    private static readonly JsonSerializerOptions Indented = new(ModelFileJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static string Of(TrainingPlan plan, string table, string? preset)
    {
        string[] namespaces = ["System.Text.Json", "Strata.Learning", "Strata.Learning.Data", "Strata.Learning.Data.Reading", "Strata.Learning.ModelFiles", "Strata.Learning.Workflow", .. preset is null ? Array.Empty<string>() : ["Strata.Solutions"]];
        string planText = JsonSerializer.Serialize(plan with { Threads = null }, Indented), path = JsonSerializer.Serialize(table, ModelFileJson.Options);
        string[] rows = preset is null
            ? [$"Frame table = TableFile.Read({path}).Frame;"]
            : [$"PlannedTraining training = PlannedTraining.Of(Solution.PresetOf({JsonSerializer.Serialize(preset, ModelFileJson.Options)})!, plan, TableFile.Read({path}).Frame);", "Frame table = training.Table;"];
        return string.Join('\n', [
            .. namespaces.Select(name => $"using {name};"),
            string.Empty,
            "TrainingPlan plan = JsonSerializer.Deserialize<TrainingPlan>(",
            "\"\"\"",
            planText,
            "\"\"\",",
            "ModelFileJson.Options)!;",
            .. rows,
            "TrainingOutcome outcome = Training.Run(plan, table, new FitContext());",
            $"outcome.ToModelFile({(preset is null ? string.Empty : $"preset: {JsonSerializer.Serialize(preset, ModelFileJson.Options)}")}).Save(\"model.strata\");",
        ]);
    }
}
