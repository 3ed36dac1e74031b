namespace Strata.Learning.Workflow.Reports;

/// <summary>What the leak audit looks for, in words.</summary>
internal static class LeakWords
{
    public static IReadOnlyList<string> All { get; } =
    [
        "columns that are the target or a function of it, alone or as a sum, difference, product or ratio",
        "means of the target by level that were taken over all rows",
        "columns that tell the target almost alone, or by whether they have a value",
        "columns that seem to be known only after the outcome",
        "names and numbers of rows among the features",
        "test rows that are training rows too, exactly or but for a trifle",
        "several rows of one entity, and declared groups, on both sides of the split",
        "time that the split ignores or reverses",
        "after training: a model that lives on one column, is better on test rows than on its own, or is never wrong",
    ];
}
