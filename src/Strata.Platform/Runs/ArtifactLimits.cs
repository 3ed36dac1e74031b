using System.Data;
using System.Globalization;
using Dapper;

namespace Strata.Platform.Runs;

/// <summary>How large artifacts may be: one of them, and all of a project together. What Strata's own trainings leave counts too, and is never refused.</summary>
/// <param name="OfOne">In bytes.</param>
/// <param name="OfProject">In bytes; null for as much as the disk holds.</param>
internal sealed record ArtifactLimits(long OfOne, long? OfProject)
{
    /// <summary>How many bytes the project of an artifact's owner has left for it; a file that it replaces does not count.</summary>
    /// <exception cref="TooLargeException">None.</exception>
    public long Left(IDbConnection connection, string owner, string name)
    {
        if (OfProject is not long most)
        {
            return long.MaxValue;
        }

        long left = most - Used(connection, owner, name);
        return left > 0 ? left : throw Over(left);
    }

    /// <exception cref="TooLargeException">The artifact does not fit into what its project has left.</exception>
    public void ThrowIfOver(IDbConnection connection, string owner, string name, long bytes)
    {
        if (Left(connection, owner, name) is long left && left < bytes)
        {
            throw Over(left);
        }
    }

    /// <summary>What is said of an artifact that does not fit.</summary>
    public TooLargeException Over(long left) => new(
        string.Create(CultureInfo.InvariantCulture, $"The artifacts of a project may have {OfProject} bytes together; {Math.Max(0, left)} are left, which this one exceeds. Delete some runs or artifacts first."), OfProject ?? 0);

    private static long Used(IDbConnection connection, string owner, string name)
    {
        string? project = RunTable.ProjectOf(connection, owner) ?? LoggedModelTable.ProjectOf(connection, owner);
        long ofRuns = Sum(connection, "join runs on runs.id = artifacts.owner where runs.project = @project", project);
        long ofModels = Sum(connection, "join logged_models on logged_models.id = artifacts.owner join experiments on experiments.id = logged_models.experiment_id where experiments.project = @project", project);
        long replaced = connection.ExecuteScalar<long?>("select bytes from artifacts where owner = @owner and name = @name", new { owner, name }) ?? 0;
        return ofRuns + ofModels - replaced;
    }

    private static long Sum(IDbConnection connection, string which, string? project) => connection.ExecuteScalar<long?>($"select sum(artifacts.bytes) from artifacts {which}", new { project }) ?? 0;
}
