using System.Data;
using Dapper;

namespace Strata.Platform.Jobs;

/// <summary>
/// The line in which jobs wait for a free worker. Next is whoever has the least work running, so that nobody's hundred jobs keep another's one waiting; of one
/// person's jobs the most urgent is first, then the oldest. Jobs that come after others stand in line once those have completed.
/// </summary>
internal static class JobLine
{
    /// <summary>
    /// A job's share is how much its owner would have running with it and with all of the owner's jobs before it. What runs is counted once and looked up for each that waits: joined to them,
    /// PostgreSQL would count it anew for each.
    /// </summary>
    private const string Line = """
        with busy as (
            select asked_by, project, count(*) as running from jobs where status in ('preparing', 'running') group by asked_by, project),
        counted as (
            select jobs.id, jobs.priority, jobs.sequence,
                coalesce((select sum(busy.running) from busy where busy.asked_by = jobs.asked_by), 0) as running,
                coalesce((select sum(busy.running) from busy where busy.project = jobs.project), 0) as running_in_project,
                row_number() over (partition by jobs.asked_by order by jobs.priority desc, jobs.sequence) as place_of_owners
            from jobs
            where jobs.status = 'queued' and jobs.cancel_requested = 0 and jobs.id not in @postponed
                and not exists (select 1 from job_dependencies join jobs earlier on earlier.id = job_dependencies.after_id where job_dependencies.job_id = jobs.id and earlier.status <> 'completed')),
        waiting as (
            select id, priority, sequence, running, running_in_project, running + place_of_owners as share from counted)
        """;

    private const string Order = "share, priority desc, sequence";

    /// <summary>The job whose turn it is, or null.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="postponed">Jobs that have crashed and are not yet to be tried again.</param>
    /// <param name="mostPerUser">How many jobs of one person may run at once, or null.</param>
    /// <param name="mostPerProject">How many jobs of one project may run at once, or null.</param>
    public static Job? Next(IDbConnection connection, IReadOnlyCollection<string> postponed, int? mostPerUser, int? mostPerProject)
    {
        string? id = connection.ExecuteScalar<string?>(
            $"{Line} select id from waiting where running < @perUser and running_in_project < @perProject order by {Order} limit 1",
            new { postponed, perUser = mostPerUser ?? int.MaxValue, perProject = mostPerProject ?? int.MaxValue });
        return id is null ? null : JobTable.Get(connection, id);
    }

    /// <summary>The place of each job in line, from 1.</summary>
    public static IReadOnlyDictionary<string, int> Places(IDbConnection connection, IReadOnlyCollection<string> postponed) =>
        connection.Query<(string Id, long Place)>($"{Line} select id, row_number() over (order by {Order}) as place from waiting", new { postponed }).ToDictionary(row => row.Id, row => (int)row.Place);

    /// <summary>How many jobs of one person wait.</summary>
    public static int CountOfUser(IDbConnection connection, string askedBy) =>
        connection.ExecuteScalar<int>("select count(*) from jobs where status in ('queued', 'paused') and asked_by = @askedBy", new { askedBy });

    /// <summary>How many jobs of one project wait.</summary>
    public static int CountOfProject(IDbConnection connection, string project) =>
        connection.ExecuteScalar<int>("select count(*) from jobs where status in ('queued', 'paused') and project = @project", new { project });

    /// <summary>The jobs that each of the given ones comes after.</summary>
    public static ILookup<string, string> AfterOf(IDbConnection connection, IReadOnlyCollection<string> ids) =>
        connection.Query<(string Id, string After)>("select job_id, after_id from job_dependencies where job_id in @ids order by job_id, after_id", new { ids }).ToLookup(row => row.Id, row => row.After);

    /// <summary>The jobs that wait for a job that will not complete, with that job.</summary>
    public static IReadOnlyList<(string Id, string After)> Orphans(IDbConnection connection) =>
        connection.Query<(string Id, string After)>(
            """
            select jobs.id, min(earlier.id)
            from job_dependencies join jobs on jobs.id = job_dependencies.job_id join jobs earlier on earlier.id = job_dependencies.after_id
            where jobs.status in ('queued', 'paused') and earlier.status in ('failed', 'cancelled')
            group by jobs.id
            """).AsList();
}
