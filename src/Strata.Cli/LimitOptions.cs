using System.CommandLine;
using Strata.Platform;

namespace Strata.Cli;

/// <summary>The options of <c>strata serve</c> that hold jobs, people and projects to a measure. What is not given stays as it usually is.</summary>
internal sealed class LimitOptions
{
    private readonly List<(Option<double?> Option, Func<PlatformOptions, double, PlatformOptions> Set)> limits = [];

    public LimitOptions()
    {
        Add("--jobs", "How many jobs run at once; one for two processors when not given.", (options, value) => options with { MaxConcurrentJobs = Whole(value) });
        Add("--jobs-per-user", "How many jobs of one person run at once.", (options, value) => options with { MaxRunningPerUser = Whole(value) });
        Add("--jobs-per-project", "How many jobs of one project run at once.", (options, value) => options with { MaxRunningPerProject = Whole(value) });
        Add("--queue-per-user", "How many jobs of one person may wait; 10000 when not given.", (options, value) => options with { MaxQueuedPerUser = Whole(value) });
        Add("--queue-per-project", "How many jobs of one project may wait; 10000 when not given.", (options, value) => options with { MaxQueuedPerProject = Whole(value) });
        Add("--job-threads", "How many threads a job may use; all processors when not given.", (options, value) => options with { ThreadsPerJob = Whole(value) });
        Add("--job-memory-mb", "The most managed memory of a job in megabytes; three quarters of the machine's when not given.", (options, value) => options with { WorkerMemoryBytes = Bytes(value) });
        Add("--job-disk-mb", "The most that a job may leave on the disk while it works, in megabytes; 50000 when not given.", (options, value) => options with { WorkerDiskBytes = Bytes(value) });
        Add("--job-hours", "After how many hours of work a job is stopped, unless its request says otherwise; 24 when not given.", (options, value) => options with { JobTimeLimit = TimeSpan.FromHours(value) });
        Add("--job-attempts", "How often a job is tried in all when its worker crashes; 3 when not given.", (options, value) => options with { MaxAttempts = Whole(value) });
        Add("--project-datasets", "How many datasets one project may have; any number when not given.", (options, value) => options with { MaxDatasetsPerProject = Whole(value) });
        Add("--project-datasets-mb", "How many megabytes the files of one project's datasets may have together; as many as the disk holds when not given.", (options, value) => options with { MaxDatasetBytesPerProject = Bytes(value) });
        Add("--artifact-mb", "The largest artifact that a run may log, in megabytes; 5000 when not given.", (options, value) => options with { MaxArtifactBytes = Bytes(value) });
        Add("--project-artifacts-mb", "How many megabytes the artifacts of one project may have together; as many as the disk holds when not given.", (options, value) => options with { MaxArtifactBytesPerProject = Bytes(value) });
        Add("--keep-predictions-days", "How many days logged predictions are kept; 90 when not given.", (options, value) => options with { PredictionLogKept = TimeSpan.FromDays(value) });
        Add("--keep-deleted-days", "How many days deleted runs can be restored; 30 when not given.", (options, value) => options with { DeletedRunsKept = TimeSpan.FromDays(value) });
    }

    public void AddTo(Command command) => limits.ForEach(limit => command.Add(limit.Option));

    /// <summary>The settings with what was given; the platform refuses those that make no sense.</summary>
    public PlatformOptions Apply(ParseResult parsed, PlatformOptions options) =>
        limits.Aggregate(options, (set, limit) => parsed.GetValue(limit.Option) is double value ? limit.Set(set, value) : set);

    private static int Whole(double value) => (int)Math.Clamp(Math.Floor(value), 0, int.MaxValue);

    private static long Bytes(double megabytes) => (long)Math.Clamp(megabytes * 1_000_000, 0, 1e18);

    private void Add(string name, string description, Func<PlatformOptions, double, PlatformOptions> set)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "NUMBER" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is double value && !(value >= 0 && value <= 1e9))
            {
                result.AddError($"{name} takes a number from 0 to 1000000000.");
            }
        });
        limits.Add((option, set));
    }
}
