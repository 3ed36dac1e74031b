using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Ensembles;
using Strata.Learning.Workflow;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>The job kind <c>ensemble</c>: combines stored models, judges the ensemble on rows that none of them has learned from, and leaves what a training leaves, with its members beside.</summary>
public sealed class CombineModels : IJobKind
{
    public const string MembersFileName = "members.json";

    private const double PercentRead = 10;

    public string Name => RunHistory.EnsembleKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        EnsembleMember[] named = work.PayloadAs<EnsembleMember[]>(EnsembleMember.Payload);
        work.Progress(0, "Reading the models");
        FittedMember[] members = [.. named.Select((member, place) => new FittedMember(member.Name, ModelFile.Load(work.InputPath(EnsembleMember.ModelInput(place))).Model))];
        TrainingTables tables = TrainingTables.Read(work);
        string? preset = work.Payload["preset"]?.GetValue<string>();
        (PlannedTraining planned, IReadOnlyList<int>? originalRows) = TrainModel.Planned(work.PayloadAs<TrainingPlan>("plan"), preset, tables.Test ?? tables.Table);
        tables = tables.At(originalRows);
        TrainModel.Log(work, [$"Combining {string.Join(", ", members.Select(member => member.Name))} by {planned.Plan.Algorithm}.", .. planned.Notes]);
        work.Progress(PercentRead, "Combining, testing, and measuring which columns matter");
        var context = new FitContext { Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock };
        EnsembleOutcome outcome = EnsembleOfModels.Run(planned.Plan, members, planned.Table, context, Unseen(work, named.Length, planned.Table.RowCount, tables));
        TrainModel.Log(work, outcome.Members.Select(member => Told(member, outcome.Metric)));
        File.WriteAllBytes(work.OutputPath(MembersFileName), JsonText.BytesOf(new EnsembleMembers(
            outcome.Metric, [.. outcome.Members.Zip(named, (score, member) => new EnsembleMemberScore(member.ModelId, score.Name, score.Weight, score.Metrics, score.AgainstEnsemble))])));
        return Task.FromResult<JsonNode?>(TrainModel.Leave(work, outcome.Training, planned, tables, preset));
    }

    /// <summary>The rows that every member which knows the table has held back; null where none knows it.</summary>
    internal static HashSet<int>? Unseen(JobWork work, int memberCount, int rowCount, TrainingTables tables)
    {
        HashSet<long>? common = null;
        foreach (string input in Enumerable.Range(0, memberCount).Select(EnsembleMember.TestedInput).Where(work.HasInput))
        {
            using FileStream file = File.OpenRead(work.InputPath(input));
            IReadOnlyList<long> tested = TestedRowFiles.NumbersIn(file);
            if (common is null)
            {
                common = [.. tested];
            }
            else
            {
                common.IntersectWith(tested);
            }
        }

        return common is null ? null : [.. Enumerable.Range(0, rowCount).Where(row => common.Contains(tables.NumberOfTested(row)))];
    }

    private static string Told(MemberScore member, string metric) =>
        string.Create(CultureInfo.InvariantCulture, $"{member.Name} alone: {metric} {member.Metrics.GetValueOrDefault(metric, double.NaN):0.####}.");
}
