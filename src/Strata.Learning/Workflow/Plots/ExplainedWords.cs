namespace Strata.Learning.Workflow.Plots;

internal static class ExplainedWords
{
    public static string InWords(this ExplainedOutput explained) => explained == ExplainedOutput.Prediction ? "prediction" : "raw score";
}
