using Strata.Learning;
using Strata.Learning.Data.Reading;
using Strata.Learning.Explanation;
using Strata.Learning.Workflow;

namespace Strata.Cli.Tests;

/// <summary>The C# of the README, between the marks to the letter.</summary>
internal static class ReadmeExample
{
    public static Contributions Run()
    {
        // README begins
        TableReading table = TableFile.Read("people.csv");
        TrainingOutcome outcome = Training.Run(new TrainingPlan { Target = "income" }, table.Frame, new FitContext());
        Console.WriteLine(outcome.Evaluation.Metrics["roc_auc"]);
        Contributions reasons = Explainer.Explain(outcome.Model, table.Frame, threads: 2);
        // README ends
        return reasons;
    }
}
