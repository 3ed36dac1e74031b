using System.Data;
using Dapper;

namespace Strata.Platform.Storage;

/// <summary>Which living jobs, deployments and registered versions use which things; a used thing is not deleted.</summary>
public static class Uses
{
    private const string DeploymentPrefix = "deployment/";
    private const string VersionPrefix = "version/";

    internal const string Create = """
        create table uses (
            subject text not null,
            job_id text not null,
            primary key (subject, job_id));
        create index uses_by_job on uses (job_id);
        """;

    public static string OfDataset(string id) => $"dataset/{id}";

    public static string OfModel(string id) => $"model/{id}";

    /// <summary>What stands in the place of a job's id for a deployment.</summary>
    public static string ByDeployment(string name) => $"{DeploymentPrefix}{name}";

    /// <summary>What stands in the place of a job's id for a version of a registered model.</summary>
    public static string ByModelVersion(string id) => $"{VersionPrefix}{id}";

    public static void Add(IDbConnection connection, string jobId, IEnumerable<string> subjects) =>
        connection.Execute("insert into uses (subject, job_id) values (@subject, @jobId) on conflict do nothing", subjects.Select(subject => new { subject, jobId }));

    public static void End(IDbConnection connection, string jobId) => connection.Execute("delete from uses where job_id = @jobId", new { jobId });

    /// <exception cref="ConflictException">A living job or a deployment uses the subject.</exception>
    public static void ThrowIfUsed(IDbConnection connection, string subject, string what)
    {
        string? job = connection.ExecuteScalar<string?>("select job_id from uses where subject = @subject limit 1", new { subject });
        if (job is not null)
        {
            throw new ConflictException(job.StartsWith(VersionPrefix, StringComparison.Ordinal)
                ? $"{what} is a version of a registered model. Delete that version first."
                : job.StartsWith(DeploymentPrefix, StringComparison.Ordinal)
                ? $"{what} is served, or was served until the last change, by the deployment '{job[DeploymentPrefix.Length..]}'. Deploy another one first."
                : $"{what} is in use by job {job}. Wait for it to end, or cancel it first.");
        }
    }
}
