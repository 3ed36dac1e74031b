using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>The job kind <c>compare</c>: measures algorithms on the same folds of a dataset. Each fold's score is a point of the series with the algorithm's name.</summary>
public sealed class CompareAlgorithms : IJobKind
{
    public const string ComparisonFileName = "comparison.json";

    private const double PercentRead = 5;
    private const double PercentCompared = 99;

    public string Name => ComparisonHistory.CompareKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        ComparisonPlan plan = work.PayloadAs<ComparisonPlan>("plan");
        work.Progress(0, "Reading the table");
        TrainingTables tables = TrainingTables.Read(work);
        (PlannedTraining planned, _) = TrainModel.Planned(plan.Plan, work.Payload["preset"]?.GetValue<string>(), tables.Table);
        TrainModel.Log(work, [$"Comparing {string.Join(", ", plan.Algorithms)} on {planned.Table.RowCount} rows, {plan.Folds} folds, {work.Threads} threads.", .. planned.Notes]);
        work.Progress(PercentRead, "Comparing");
        var context = new FitContext { Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock, Progress = new Percent(work) };
        plan = plan with { Plan = Shared(planned.Plan, plan.Plan) };
        AlgorithmComparison comparison = AlgorithmComparison.Run(plan, planned.Table, context, new FoldReports(work));
        TrainModel.Log(work, [comparison.Split, .. comparison.Notes, .. comparison.Algorithms.Where(one => one.Problem is not null).Select(one => $"{one.Name}: {one.Problem}.")]);
        comparison = comparison with { Notes = [.. tables.Notes, .. planned.Notes, .. comparison.Notes] };
        File.WriteAllBytes(work.OutputPath(ComparisonFileName), JsonText.BytesOf(comparison));
        RunReport.Of(comparison, plan, planned.Table, TrainModel.FactsOf(work, new ReportFacts(), work.Payload["preset"]?.GetValue<string>(), [])).Save(work.OutputPath(TrainModel.ReportFileName));
        return Task.FromResult<JsonNode?>(new JsonObject { ["best"] = comparison.Best?.Name });
    }

    /// <summary>A preset's hyperparameters are of one algorithm; each of a comparison has its own.</summary>
    private static TrainingPlan Shared(TrainingPlan completed, TrainingPlan asked) => completed with { Algorithm = asked.Algorithm, Hyperparameters = asked.Hyperparameters };

    private sealed class Percent(JobWork work) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => work.Progress(PercentRead + (PercentCompared - PercentRead) * (value.Step + 1) / Math.Max(1, value.StepCount));
    }

    internal sealed class FoldReports(JobWork work) : IProgress<ComparedFold>
    {
        public void Report(ComparedFold value)
        {
            work.Metric(value.Name, value.Fold, value.Score);
            work.Log(string.Create(CultureInfo.InvariantCulture, $"{value.Name}, fold {value.Fold + 1} of {value.FoldCount}: {value.Score:0.0000}"));
        }
    }
}
