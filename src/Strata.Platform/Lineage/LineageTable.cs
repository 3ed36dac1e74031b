using System.Data;
using Dapper;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Lineage;

/// <summary>Which things name which others, across the rooms.</summary>
internal static class LineageTable
{
    public static IReadOnlyList<string> DatasetsMadeFrom(IDbConnection connection, string datasetId, int most) =>
        Ids(connection, "select id from datasets where parent_id = @id order by sequence desc limit @most", datasetId, most);

    public static IReadOnlyList<string> RunsOn(IDbConnection connection, string datasetId, int most) =>
        Ids(connection, "select id from runs where dataset_id = @id and deleted_at is null order by sequence desc limit @most", datasetId, most);

    public static IReadOnlyList<string> ModelsOf(IDbConnection connection, string runId, int most) =>
        Ids(connection, "select id from models where run_id = @id order by sequence desc limit @most", runId, most);

    /// <summary>Runs that combined a model with others.</summary>
    public static IReadOnlyList<string> RunsCombining(IDbConnection connection, string modelId, int most) => RunsWith(connection, RunHistory.EnsembleKind, modelId, most);

    /// <summary>Runs that distilled a model.</summary>
    public static IReadOnlyList<string> RunsDistilling(IDbConnection connection, string modelId, int most) => RunsWith(connection, RunHistory.DistilKind, modelId, most);

    private static List<string> RunsWith(IDbConnection connection, string kind, string modelId, int most) => Ids(
        connection,
        $"select r.id from runs r join jobs j on j.id = r.job_id where j.kind = '{kind}' and replace(j.payload, @id, '') <> j.payload and r.deleted_at is null order by r.sequence desc limit @most",
        modelId,
        most);

    /// <summary>The models that a run combined.</summary>
    public static IReadOnlyList<string> ModelsIn(IDbConnection connection, Run run) =>
        run.JobId is string job && JobTable.Find(connection, job)?.Payload[EnsembleMember.Payload] is { } members ? [.. JsonText.Read<EnsembleMember[]>(members.ToJsonString()).Select(member => member.ModelId)] : [];

    /// <summary>The model that a run distilled, if it did.</summary>
    public static IReadOnlyList<string> TeacherIn(IDbConnection connection, Run run) =>
        run.JobId is string job && JobTable.Find(connection, job)?.Payload[EnsembleMember.TeacherPayload] is { } teacher ? [JsonText.Read<EnsembleMember>(teacher.ToJsonString()).ModelId] : [];

    /// <summary>Versions of a run's files that are no stored model.</summary>
    public static IReadOnlyList<string> VersionsOf(IDbConnection connection, string runId, int most) =>
        Ids(connection, "select id from model_versions where run_id = @id and stored_model_id is null order by sequence desc limit @most", runId, most);

    /// <summary>Names of deployments that serve a model, or have.</summary>
    public static IReadOnlyList<string> DeploymentsOf(IDbConnection connection, string modelId, int most) => Ids(
        connection,
        """
        select name from deployments
        where exists (select 1 from deployment_revisions r where r.deployment_id = deployments.id and replace(r.plan, @id, '') <> r.plan)
        order by name limit @most
        """,
        modelId,
        most);

    /// <summary>The registered model's project, name and bound deployment.</summary>
    public static (string Project, string Name, string? Deployment)? ModelOfVersion(IDbConnection connection, string versionId) => connection.QueryFirstOrDefault<(string, string, string?)?>(
        "select m.project, m.name, m.deployment from model_versions v join registered_models m on m.id = v.model_id where v.id = @versionId", new { versionId });

    private static List<string> Ids(IDbConnection connection, string sql, string id, int most) => connection.Query<string>(sql, new { id, most }).AsList();
}
