using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Runs;

/// <summary>The schema step that makes runs trackable by other programs.</summary>
internal static class RunTracking
{
    public static Migration Migration { get; } = new(
        5,
        "experiments and reported runs",
        string.Join('\n', ExperimentTable.Create, RunTable.Rework, InputTable.Create, MetricPoints.Rework, LoggedModelTable.Create),
        TakeOver);

    private static void TakeOver(IDbConnection connection)
    {
        MetricPoints.TakeOver(connection);
        RunTable.TakeOver(connection);
        connection.Execute(
            "insert into experiments (id, project, name, artifact_location, created_at, updated_at) values (@DefaultId, 'default', 'Default', @location, 0, 0)",
            new { Experiment.DefaultId, location = ArtifactAddress.OfExperiment(Experiment.DefaultId) });
    }
}
