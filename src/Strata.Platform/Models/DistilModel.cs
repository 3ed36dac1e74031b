using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>
/// The job kind <c>distil</c>: teaches a small model to answer as a stored one does, judges both on rows that neither has learned from, and leaves what a training leaves, with the large one's figures
/// beside.
/// </summary>
public sealed class DistilModel : IJobKind
{
    public const string TeacherFileName = "teacher.json";

    private const double PercentRead = 10;

    public string Name => RunHistory.DistilKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        EnsembleMember named = work.PayloadAs<EnsembleMember>(EnsembleMember.TeacherPayload);
        work.Progress(0, "Reading the model");
        string path = work.InputPath(EnsembleMember.ModelInput(0));
        IModel teacher = ModelFile.Load(path).Model;
        TrainingTables tables = TrainingTables.Read(work);
        string? preset = work.Payload["preset"]?.GetValue<string>();
        (PlannedTraining planned, IReadOnlyList<int>? originalRows) = TrainModel.Planned(work.PayloadAs<TrainingPlan>("plan"), preset, tables.Table);
        tables = tables.At(originalRows);
        TrainModel.Log(work, [$"Teaching a small model to answer as '{named.Name}' does.", .. planned.Notes]);
        work.Progress(PercentRead, "Learning the answers, testing, and measuring which columns matter");
        var context = new FitContext { Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock };
        HashSet<int>? unseen = CombineModels.Unseen(work, 1, (tables.Test ?? planned.Table).RowCount, tables);
        DistilledOutcome outcome = DistilledTraining.Run(planned.Plan, (named.Name, teacher), planned.Table, context, tables.Test, unseen);
        TeacherScore score = outcome.Teacher;
        TrainingOutcome training = outcome.Training with { Notes = [Compared(named.Name, outcome), .. outcome.Training.Notes] };
        JsonObject result = TrainModel.Leave(work, training, planned, tables, preset, new ReportFacts { Reproduction = ReproductionOf(named) });
        File.WriteAllBytes(work.OutputPath(TeacherFileName), JsonText.BytesOf(new TaughtBy(
            named.ModelId, named.Name, score.Metric, score.Metrics, score.AgainstStudent, score.Fidelity, new FileInfo(path).Length, score.Microseconds, new FileInfo(work.OutputPath(TrainModel.ModelFileName)).Length, score.StudentMicroseconds)));
        return Task.FromResult<JsonNode?>(result);
    }

    private static string Compared(string teacher, DistilledOutcome outcome)
    {
        string metric = outcome.Teacher.Metric;
        return string.Create(
            CultureInfo.InvariantCulture, $"On the same test rows its {metric} is {outcome.Training.Evaluation.Metrics.GetValueOrDefault(metric, double.NaN):0.####}, that of '{teacher}' {outcome.Teacher.Metrics.GetValueOrDefault(metric, double.NaN):0.####}.");
    }

    private static Reproduction ReproductionOf(EnsembleMember teacher) => new(
        $"curl -X POST http://127.0.0.1:5080/api/ml/models/{teacher.ModelId}/distil -H 'Content-Type: application/json' -d '{{}}'",
        $"OmicsJobView job = await client.DistilAsync(\"{teacher.ModelId}\");");
}
