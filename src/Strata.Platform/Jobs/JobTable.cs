using System.Data;
using System.Text.Json.Nodes;
using Dapper;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>The rows of jobs, their inputs and their logs.</summary>
internal static class JobTable
{
    private const int MostLogLines = 100_000;

    public const string Create = """
        create table jobs (
            sequence integer primary key,
            id text not null unique,
            kind text not null,
            payload text not null,
            owner text not null,
            status text not null,
            progress double precision not null default 0,
            current_step text,
            error text,
            result text,
            created_at bigint not null,
            started_at bigint,
            ended_at bigint,
            attempt integer not null default 0,
            crashes integer not null default 0,
            not_before bigint,
            cancel_requested integer not null default 0,
            time_limit_ms bigint not null,
            ingested_bytes bigint not null default 0,
            log_count bigint not null default 0);
        create index jobs_by_status on jobs (status, sequence);
        create table job_inputs (
            job_id text not null,
            name text not null,
            hash text not null,
            primary key (job_id, name));
        create index job_inputs_by_hash on job_inputs (hash);
        create table job_log (
            job_id text not null,
            number bigint not null,
            time bigint not null,
            text text not null,
            primary key (job_id, number)) without rowid;
        """;

    /// <summary>Whose share a job takes, its urgency, what it waits for, and how long it has worked.</summary>
    public const string AddTerms = """
        alter table jobs add column asked_by text not null default 'local';
        alter table jobs add column priority integer not null default 1;
        alter table jobs add column pause_requested integer not null default 0;
        alter table jobs add column worked_ms bigint not null default 0;
        alter table jobs add column elapsed_ms bigint not null default 0;
        create table job_dependencies (
            job_id text not null,
            after_id text not null,
            primary key (job_id, after_id));
        create index job_dependencies_by_after on job_dependencies (after_id);
        """;

    /// <summary>That somebody wants what is ready.</summary>
    public const string AddFinish = """
        alter table jobs add column finish_requested integer not null default 0;
        """;

    public static void Insert(IDbConnection connection, Job job)
    {
        connection.Execute(
            """
            insert into jobs (id, project, kind, payload, owner, asked_by, priority, status, created_at, time_limit_ms)
            values (@Id, @Project, @Kind, @payload, @Owner, @AskedBy, @priority, @status, @createdAt, @timeLimit)
            """,
            new
            {
                job.Id, job.Project, job.Kind, job.Owner, job.Terms.AskedBy, priority = (int)job.Terms.Priority, payload = job.Payload.ToJsonString(), status = JsonText.NameOf(job.Status),
                createdAt = job.CreatedAt.ToUnixTimeMilliseconds(), timeLimit = (long)job.TimeLimit.TotalMilliseconds,
            });
        connection.Execute("insert into job_inputs (job_id, name, hash) values (@Id, @Key, @Value)", job.Inputs.Select(input => new { job.Id, input.Key, input.Value }));
        connection.Execute("insert into job_dependencies (job_id, after_id) values (@Id, @after)", job.Terms.After.Select(after => new { job.Id, after }));
    }

    /// <summary>Writes what the verbs change.</summary>
    public static void Save(IDbConnection connection, Job job)
    {
        SaveJob(connection, job);
        RunTable.Follow(connection, job.Id, RunStatusOf(job.Status), job.StartedAt, job.EndedAt);
    }

    private static RunStatus RunStatusOf(JobStatus status) => status switch
    {
        JobStatus.Queued or JobStatus.Preparing or JobStatus.Paused => RunStatus.Scheduled,
        JobStatus.Running => RunStatus.Running,
        JobStatus.Completed => RunStatus.Finished,
        JobStatus.Failed => RunStatus.Failed,
        _ => RunStatus.Killed,
    };

    private static void SaveJob(IDbConnection connection, Job job) => connection.Execute(
        """
        update jobs set status = @status, progress = @Progress, current_step = @CurrentStep, error = @Error, result = @result, started_at = @startedAt, ended_at = @endedAt,
            ingested_bytes = case when attempt = @Attempt then ingested_bytes else 0 end,
            worked_ms = case when attempt = @Attempt then worked_ms else worked_ms + elapsed_ms end, elapsed_ms = case when attempt = @Attempt then elapsed_ms else 0 end,
            attempt = @Attempt, crashes = @Crashes, not_before = @notBefore, cancel_requested = @IsCancelRequested, pause_requested = @IsPauseRequested, finish_requested = @IsFinishRequested
        where id = @Id
        """,
        new
        {
            job.Id, job.Progress, job.CurrentStep, job.Error, job.Attempt, job.Crashes, job.IsCancelRequested, job.IsPauseRequested, job.IsFinishRequested, status = JsonText.NameOf(job.Status), result = job.Result?.ToJsonString(),
            startedAt = job.StartedAt?.ToUnixTimeMilliseconds(), endedAt = job.EndedAt?.ToUnixTimeMilliseconds(), notBefore = job.NotBefore?.ToUnixTimeMilliseconds(),
        });

    public static Job? Find(IDbConnection connection, string id) =>
        connection.QueryFirstOrDefault<Row>("select * from jobs where id = @id", new { id })?.ToJob(InputsOf(connection, id), JobLine.AfterOf(connection, [id])[id]);

    public static Job Get(IDbConnection connection, string id) => Find(connection, id) ?? throw NotFoundException.Of("job", id);

    /// <summary>The newest first; without their inputs, which lists do not show.</summary>
    public static Page<Job> List(IDbConnection connection, int offset, int count, string? kind, JobStatus? status, IReadOnlyCollection<string>? projects = null)
    {
        const string Where = $"where (@kind is null or kind = @kind) and (@status is null or status = @status) and {ProjectScope.Filter}";
        var filter = new { projects = ProjectScope.Text(projects), kind, status = status is JobStatus value ? JsonText.NameOf(value) : null, offset, count = Math.Clamp(count, 0, Page<Job>.MostItems) };
        Row[] rows = [.. connection.Query<Row>($"select * from jobs {Where} order by sequence desc limit @count offset @offset", filter)];
        ILookup<string, string> after = JobLine.AfterOf(connection, [.. rows.Select(row => row.Id)]);
        return new Page<Job>(
            [.. rows.Select(row => row.ToJob(new Dictionary<string, string>(), after[row.Id]))],
            connection.ExecuteScalar<int>($"select count(*) from jobs {Where}", filter));
    }

    /// <summary>How many jobs there are of each status.</summary>
    public static IReadOnlyDictionary<JobStatus, long> Counts(IDbConnection connection, IReadOnlyCollection<string>? projects)
    {
        Dictionary<JobStatus, long> counts = Enum.GetValues<JobStatus>().ToDictionary(status => status, _ => 0L);
        string where = projects is null ? string.Empty : $"where {ProjectScope.Filter}";
        foreach ((string status, long count) in connection.Query<(string, long)>($"select status, count(*) from jobs {where} group by status", new { projects = ProjectScope.Text(projects) }))
        {
            counts[JsonText.EnumOf<JobStatus>(status)] = count;
        }

        return counts;
    }

    /// <summary>How many jobs of a project have failed since a time, and the last of them.</summary>
    public static (int Count, Job? Newest) FailedSince(IDbConnection connection, string project, DateTimeOffset time)
    {
        const string Where = "where status = 'failed' and project = @project and ended_at >= @time";
        var asked = new { project, time = time.ToUnixTimeMilliseconds() };
        int count = connection.ExecuteScalar<int>($"select count(*) from jobs {Where}", asked);
        return (count, count == 0 ? null : connection.QueryFirstOrDefault<Row>($"select * from jobs {Where} order by ended_at desc, sequence desc limit 1", asked)?.ToJob(new Dictionary<string, string>(), []));
    }

    /// <summary>Jobs without a worker that somebody asked to stop.</summary>
    public static IReadOnlyList<string> WaitingToCancel(IDbConnection connection) =>
        connection.Query<string>("select id from jobs where status in ('queued', 'paused') and cancel_requested = 1").AsList();

    /// <summary>The jobs that have, or had, a worker.</summary>
    public static IReadOnlyList<string> WithWorker(IDbConnection connection) =>
        connection.Query<string>("select id from jobs where status in ('preparing', 'running') order by sequence").AsList();

    public static long IngestedBytes(IDbConnection connection, string id, int attempt) =>
        connection.ExecuteScalar<long?>("select ingested_bytes from jobs where id = @id and attempt = @attempt", new { id, attempt }) ?? 0;

    /// <summary>What somebody wants of a job that has a worker.</summary>
    public static (bool Cancel, bool Pause, bool Finish) Requests(IDbConnection connection, string id)
    {
        (long cancel, long pause, long finish) = connection.QueryFirstOrDefault<(long, long, long)>("select cancel_requested, pause_requested, finish_requested from jobs where id = @id", new { id });
        return (cancel != 0, pause != 0, finish != 0);
    }

    /// <summary>Moves the mark of what has been taken in, and how long the worker has worked; false when another attempt is the present one or the bytes were taken in before.</summary>
    public static bool TryAdvance(IDbConnection connection, string id, int attempt, long from, long to, TimeSpan elapsed) => connection.Execute(
        "update jobs set ingested_bytes = @to, elapsed_ms = @elapsed where id = @id and attempt = @attempt and ingested_bytes = @from and status in ('preparing', 'running')",
        new { id, attempt, from, to, elapsed = (long)elapsed.TotalMilliseconds }) == 1;

    /// <summary>Appends lines to the log and returns them with their numbers; past the most lines that a log may have, one line says so and the rest is dropped.</summary>
    public static IReadOnlyList<LogLine> AppendLog(IDbConnection connection, string id, IReadOnlyCollection<(DateTimeOffset Time, string Text)> lines)
    {
        long count = connection.ExecuteScalar<long>("select log_count from jobs where id = @id", new { id });
        if (lines.Count == 0 || count > MostLogLines)
        {
            return [];
        }

        LogLine[] numbered = [.. lines.Select((line, i) => new LogLine(count + 1 + i, line.Time, line.Text.Replace('\0', '\uFFFD'))).TakeWhile(line => line.Number <= MostLogLines)];
        if (numbered.Length < lines.Count)
        {
            numbered = [.. numbered, new LogLine(MostLogLines + 1, lines.First().Time, $"The log is full: what the job says beyond {MostLogLines} lines is not kept.")];
        }

        connection.Execute(
            "insert into job_log (job_id, number, time, text) values (@id, @Number, @time, @Text)",
            numbered.Select(line => new { id, line.Number, time = line.Time.ToUnixTimeMilliseconds(), line.Text }));
        connection.Execute("update jobs set log_count = log_count + @added where id = @id", new { id, added = numbered.Length });
        return numbered;
    }

    public static IReadOnlyList<LogLine> ReadLog(IDbConnection connection, string id, long after, int count) =>
        [.. connection.Query<(long Number, long Time, string Text)>(
            "select number, time, text from job_log where job_id = @id and number > @after order by number limit @count",
            new { id, after, count }).Select(row => new LogLine(row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.Time), row.Text))];

    public static IReadOnlyList<LogLine> ReadLastLog(IDbConnection connection, string id, int count) =>
        ReadLog(connection, id, connection.ExecuteScalar<long>("select log_count from jobs where id = @id", new { id }) - count, count);

    private static Dictionary<string, string> InputsOf(IDbConnection connection, string id) =>
        connection.Query<(string Name, string Hash)>("select name, hash from job_inputs where job_id = @id", new { id }).ToDictionary(row => row.Name, row => row.Hash);

    private sealed class Row
    {
        public string Id { get; set; } = string.Empty;

        public string Project { get; set; } = string.Empty;

        public string Kind { get; set; } = string.Empty;

        public string Payload { get; set; } = string.Empty;

        public string Owner { get; set; } = string.Empty;

        public string Status { get; set; } = string.Empty;

        public double Progress { get; set; }

        public string? CurrentStep { get; set; }

        public string? Error { get; set; }

        public string? Result { get; set; }

        public long CreatedAt { get; set; }

        public long? StartedAt { get; set; }

        public long? EndedAt { get; set; }

        public int Attempt { get; set; }

        public int Crashes { get; set; }

        public long? NotBefore { get; set; }

        public bool CancelRequested { get; set; }

        public bool PauseRequested { get; set; }

        public bool FinishRequested { get; set; }

        public string AskedBy { get; set; } = string.Empty;

        public int Priority { get; set; }

        public long WorkedMs { get; set; }

        public long TimeLimitMs { get; set; }

        public Job ToJob(IReadOnlyDictionary<string, string> inputs, IEnumerable<string> after) => new()
        {
            Id = Id,
            Project = Project,
            Kind = Kind,
            Payload = JsonText.Read<JsonObject>(Payload),
            Inputs = inputs,
            Owner = Owner,
            Terms = new JobTerms { AskedBy = AskedBy, Priority = (JobPriority)Priority, After = [.. after] },
            Status = JsonText.EnumOf<JobStatus>(Status),
            Progress = Progress,
            CurrentStep = CurrentStep,
            Error = Error,
            Result = JsonText.Node(Result),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            StartedAt = Time(StartedAt),
            EndedAt = Time(EndedAt),
            Attempt = Attempt,
            Crashes = Crashes,
            NotBefore = Time(NotBefore),
            IsCancelRequested = CancelRequested,
            IsPauseRequested = PauseRequested,
            IsFinishRequested = FinishRequested,
            Worked = TimeSpan.FromMilliseconds(WorkedMs),
            TimeLimit = TimeSpan.FromMilliseconds(TimeLimitMs),
        };

        private static DateTimeOffset? Time(long? milliseconds) => milliseconds is long value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
