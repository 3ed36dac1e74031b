using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The one table of preparation steps: name, recipe type, and how the fitted step is read back from a model file.</summary>
public static class Steps
{
    public static IReadOnlyDictionary<string, (Type Recipe, Func<string, ModelReader, IFittedStep> Read)> All { get; } =
        new Dictionary<string, (Type, Func<string, ModelReader, IFittedStep>)>(StringComparer.Ordinal)
        {
            ["drop_columns"] = (typeof(DropColumns), ColumnwiseStep<KeepRule>.Read),
            ["select_columns"] = (typeof(SelectColumns), ColumnwiseStep<KeepRule>.Read),
            ["drop_text"] = (typeof(DropText), ColumnwiseStep<KeepRule>.Read),
            ["mark_missing"] = (typeof(MarkMissing), ColumnwiseStep<MarkMissingRule>.Read),
            ["impute"] = (typeof(Impute), ColumnwiseStep<ImputeRule>.Read),
            ["one_hot"] = (typeof(OneHot), ColumnwiseStep<OneHotRule>.Read),
            ["ordinal"] = (typeof(Ordinal), ColumnwiseStep<OrdinalRule>.Read),
            ["scale"] = (typeof(Scale), ColumnwiseStep<ScaleRule>.Read),
        };

    internal static IFittedStep Read(string name, ModelReader reader) => All.TryGetValue(name, out (Type Recipe, Func<string, ModelReader, IFittedStep> Read) step)
        ? step.Read(name, reader)
        : throw new ModelFileException($"The model file has a preparation step '{name}' that this program does not know. Use a newer Strata.");
}
