using System.Data;
using Dapper;

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
