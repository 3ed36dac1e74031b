using Strata.Learning;
using Strata.Platform.AbTests;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Deployments;
using Strata.Platform.Features;
using Strata.Platform.Jobs;
using Strata.Platform.Lineage;
using Strata.Platform.Models;
using Strata.Platform.Monitoring;
using Strata.Platform.Monitoring.Alerts;
using Strata.Platform.Monitoring.Webhooks;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Backups;

namespace Strata.Platform;

/// <summary>
/// One data folder with all its rooms. Open it, add what the host knows about the ends of its own job kinds, then start it: from there on jobs run.
/// </summary>
public sealed class StrataPlatform : IAsyncDisposable
{
    /// <summary>The schema, step by step. A published step never changes.</summary>
    internal static IReadOnlyList<Migration> Schema { get; } =
    [
        new(1, "first light", string.Join('\n', Uses.Create, DatasetTable.Create, RunTable.Create, MetricSeries.Create, Artifact.Create, JobTable.Create, ModelTable.Create, References)),
        new(2, "comparisons", ComparisonTable.Create),
        new(3, "layouts of datasets", DatasetTable.AddLayout),
        new(4, "accounts and projects", string.Join('\n', AccountTables, AuditTable.Guard, AddProjects)),
        RunTracking.Migration,
        new(6, "registered models", RegistryTable.Create),
        new(7, "deployments", string.Join('\n', DeploymentTable.Create, PredictionPageTable.Create, OutcomeTable.Create, TrafficTable.Create, AbTestTable.Create, AddServing)),
        new(8, "terms of jobs, keys of requests", string.Join('\n', JobTable.AddTerms, RequestKeys.Create)),
        new(9, "derived datasets", DatasetTable.AddDerivation),
        new(10, "promotions", RegistryTable.AddPromotions),
        new(11, "feature groups", FeatureGroupTable.Create),
        new(12, "alerts", string.Join('\n', WebhookTable.Create, DeliveryTable.Create, AlertRuleTable.Create)),
        new(13, "second factors", SecondFactorTable.Create),
        new(14, "texts of runs by value", RunFields.IndexTexts),
        new(15, "views over all rooms", AllViews),
        new(16, "jobs that end early", JobTable.AddFinish),
    ];

    /// <summary>Which blobs the rows of all rooms refer to; a blob in none of them is swept away.</summary>
    private const string References = """
        create view blob_references (hash) as
            select original_blob from datasets
            union all select frame_blob from datasets
            union all select profile_blob from datasets
            union all select hash from dataset_profiles
            union all select hash from artifacts
            union all select hash from models
            union all select hash from job_inputs join jobs on jobs.id = job_inputs.job_id where jobs.ended_at is null;
        """;

    private const string AccountTables =
        UserTable.Create + TeamTable.Create + ProjectTable.Create + MembershipTable.Create + LogInFailures.Create + SessionTable.Create + ApiTokenTable.Create + Secrets.Create + AuditTable.Create;

    /// <summary>Everything that somebody owns belongs to a project from here on; versions count within it.</summary>
    private const string AddProjects = "drop view blob_references;\n" + DatasetTable.AddProject + ModelTable.AddProject + """
        alter table runs add column project text not null default 'default';
        alter table comparisons add column project text not null default 'default';
        alter table jobs add column project text not null default 'default';
        create view project_things (project) as
            select project from datasets
            union all select project from runs
            union all select project from comparisons
            union all select project from models
            union all select project from jobs where ended_at is null;

        """ + References;

    /// <summary>What is served belongs to projects too.</summary>
    private const string AddServing = """
        drop view project_things;
        create view project_things (project) as
            select project from datasets
            union all select project from runs
            union all select project from comparisons
            union all select project from models
            union all select project from jobs where ended_at is null
            union all select project from deployments
            union all select project from ab_tests
            union all select project from registered_models
            union all select project from experiments where deleted_at is null and name <> 'Default';
        """;

    /// <summary>Every table with blobs, and every table of things that belong to projects.</summary>
    private const string AllViews = """
        drop view blob_references;
        create view blob_references (hash) as
            select original_blob from datasets
            union all select frame_blob from datasets
            union all select profile_blob from datasets
            union all select rows_blob from datasets
            union all select hash from dataset_profiles
            union all select hash from artifacts
            union all select hash from models
            union all select values_blob from feature_groups
            union all select hash from job_inputs join jobs on jobs.id = job_inputs.job_id where jobs.ended_at is null;
        drop view project_things;
        create view project_things (project) as
            select project from datasets
            union all select project from runs
            union all select project from comparisons
            union all select project from models
            union all select project from jobs where ended_at is null
            union all select project from feature_groups
            union all select project from webhooks
            union all select project from alert_rules
            union all select project from deployments
            union all select project from ab_tests
            union all select project from registered_models
            union all select project from experiments where deleted_at is null and name <> 'Default';
        """;

    private readonly JobRunner runner;
    private readonly DeploymentUpkeep upkeep;
    private readonly AlertUpkeep alertUpkeep;

    private StrataPlatform(PlatformOptions options, DataStore storage, Func<Stream, IModel> loadModel, TimeProvider clock)
    {
        Options = options;
        Storage = storage;
        Audit = new AuditLog(storage, clock);
        Users = new UserDirectory(storage, Audit, options.Accounts.PasswordRounds, clock);
        Projects = new ProjectDirectory(storage, Audit, clock);
        SecondFactors = new SecondFactors(storage, Audit, clock);
        LogIns = new LogIns(storage, Audit, SecondFactors, options.Accounts, clock);
        Tokens = new ApiTokens(storage, Audit, options.Accounts, clock);
        RequestKeys = new RequestKeys(storage, clock);
        Jobs = new JobQueue(storage, options, clock);
        Datasets = new DatasetLibrary(storage, Jobs.Enqueue, options.MaxUploadBytes, new DatasetLimits(options.MaxDatasetsPerProject, options.MaxDatasetBytesPerProject), clock);
        DerivedDatasets = new DerivedDatasets(storage, Jobs.Enqueue, clock);
        Features = new FeatureStore(storage, Jobs.Enqueue, clock);
        Runs = new RunHistory(storage, Jobs.Enqueue, clock);
        Experiments = new ExperimentLibrary(storage, clock);
        RunReports = new RunReports(storage, clock);
        Artifacts = new ArtifactShelf(storage, new ArtifactLimits(options.MaxArtifactBytes, options.MaxArtifactBytesPerProject));
        Registry = new ModelRegistry(storage, clock);
        LoggedModels = new LoggedModelShelf(storage, clock);
        Comparisons = new ComparisonHistory(storage, Jobs.Enqueue, clock);
        Models = new ModelLibrary(storage, loadModel, options.ModelCacheBytes, clock);
        Jobs.Add(new DatasetFinish(Datasets));
        Jobs.Add(new DerivedFinish(Datasets));
        Jobs.Add(new MaterialiseFeaturesFinish(clock));
        Jobs.Add(new JoinFeaturesFinish(Datasets));
        Jobs.Add(new TrainModelFinish(RunHistory.TrainKind, Runs, Models));
        Jobs.Add(new TrainModelFinish(RunHistory.TuneKind, Runs, Models));
        Jobs.Add(new TrainModelFinish(RunHistory.AutomlKind, Runs, Models));
        Jobs.Add(new TrainModelFinish(RunHistory.EnsembleKind, Runs, Models));
        Jobs.Add(new TrainModelFinish(RunHistory.DistilKind, Runs, Models));
        Jobs.Add(new CompareAlgorithmsFinish());
        runner = new JobRunner(storage, Jobs, options, clock);
        Deployments = new DeploymentLibrary(storage, Models, Runs, clock);
        AbTests = new AbTestLibrary(storage, Deployments, Models, clock);
        var gates = new GateCheck(Models, Runs, clock);
        Promotions = new Promotions(storage, Registry, Deployments, gates, clock);
        upkeep = new DeploymentUpkeep(Deployments, new CanaryWatch(Deployments, Promotions, Registry, clock), storage, options, clock);
        upkeep.Add(TimeSpan.FromSeconds(10), AbTests.LookAsync);
        Monitor = new DeploymentMonitor(Deployments, Runs, clock);
        gates.Drift = Monitor.GreatestDriftAsync;
        var targets = new WebhookTargets(options.WebhookAllow);
        var sender = new WebhookSender(storage, targets, clock);
        Webhooks = new WebhookLibrary(storage, targets, sender, clock);
        Alerts = new AlertBook(storage, Deployments, new AlertReadings(Deployments, Monitor, Jobs, clock), clock);
        alertUpkeep = new AlertUpkeep(Alerts, sender, options, clock);
        Benchmarks = new Benchmarks(storage, Jobs, Models, Runs);
        Ensembles = new ModelEnsembles(Datasets, Jobs, Runs, Models);
        Candidates = new ModelCandidates(Models, Runs);
        Lineage = new LineageMap(storage);
        upkeep.Add(TimeSpan.FromHours(1), () => Runs.PurgeAsync(clock.GetUtcNow() - options.DeletedRunsKept));
    }

    /// <summary>The job kinds that belong to the platform itself; a host adds its own.</summary>
    public static IReadOnlyList<IJobKind> Kinds { get; } = [new ReadDataset(), new DeriveDataset(), new MaterialiseFeatures(), new JoinFeatures(), new TrainModel(), new TuneModel(), new ChooseModel(), new CompareAlgorithms(), new BenchmarkModels(), new CombineModels(), new DistilModel()];

    public PlatformOptions Options { get; }

    public DataStore Storage { get; }

    public RequestKeys RequestKeys { get; }

    public UserDirectory Users { get; }

    public ProjectDirectory Projects { get; }

    public LogIns LogIns { get; }

    public SecondFactors SecondFactors { get; }

    public ApiTokens Tokens { get; }

    public AuditLog Audit { get; }

    public DatasetLibrary Datasets { get; }

    public DerivedDatasets DerivedDatasets { get; }

    public FeatureStore Features { get; }

    public RunHistory Runs { get; }

    public ExperimentLibrary Experiments { get; }

    public RunReports RunReports { get; }

    public ArtifactShelf Artifacts { get; }

    public LoggedModelShelf LoggedModels { get; }

    public ModelRegistry Registry { get; }

    public ComparisonHistory Comparisons { get; }

    public JobQueue Jobs { get; }

    public ModelLibrary Models { get; }

    public DeploymentLibrary Deployments { get; }

    public Promotions Promotions { get; }

    public Benchmarks Benchmarks { get; }

    public ModelEnsembles Ensembles { get; }

    public ModelCandidates Candidates { get; }

    public LineageMap Lineage { get; }

    public AbTestLibrary AbTests { get; }

    public DeploymentMonitor Monitor { get; }

    public AlertBook Alerts { get; }

    public WebhookLibrary Webhooks { get; }

    /// <summary>Opens a data folder, making it when absent. No job starts before <see cref="StartAsync"/>.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="loadModel">Reads a model file.</param>
    /// <param name="clock">The time of everything that is recorded.</param>
    /// <exception cref="ConflictException">Another server has the folder open.</exception>
    /// <exception cref="Learning.Data.DataException">A setting makes no sense.</exception>
    /// <exception cref="StorageException">The folder cannot be used; the message says why.</exception>
    public static StrataPlatform Open(PlatformOptions options, Func<Stream, IModel> loadModel, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        DataStore store = options.IsReplica
            ? DataStore.OpenReplica(options.DataFolder, Schema, clock, options.Database, options.DatabaseWait)
            : DataStore.Open(options.DataFolder, Schema, clock, options.Database, options.DatabaseWait);
        return new StrataPlatform(options, store, loadModel, clock);
    }

    /// <summary>Backs up a data folder that no server has open; an open one is backed up through <see cref="Storage"/>.</summary>
    /// <exception cref="ConflictException">A server has the folder open.</exception>
    /// <exception cref="NotFoundException">The folder holds nothing.</exception>
    public static async Task<BackupManifest> BackUpAsync(string path, string dataFolder, string? database, TimeProvider clock, CancellationToken cancellation = default)
    {
        using DataStore store = DataStore.OpenAsIs(dataFolder, clock, database);
        return await store.BackUpAsync(path, clock, cancellation).ConfigureAwait(false);
    }

    /// <summary>Brings a backup back into an empty folder and an empty database, of the make it came from or the other. A backup of an older schema is brought up to date when the folder is opened.</summary>
    /// <exception cref="ConflictException">The folder is not empty, or a server has it open.</exception>
    /// <exception cref="StorageException">The backup is damaged, or of a newer program.</exception>
    public static Task<BackupManifest> RestoreAsync(string path, string dataFolder, string? database, TimeProvider clock, CancellationToken cancellation = default) =>
        DataStore.RestoreAsync(path, dataFolder, Schema, clock, database, cancellation);

    /// <summary>Loads what is deployed, takes up what an earlier server left, then runs queued jobs until disposed. Workers that still live are adopted. A replica runs no jobs.</summary>
    public Task StartAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        upkeep.Start();
        if (Options.IsReplica)
        {
            return Task.CompletedTask;
        }

        alertUpkeep.Start();
        return runner.StartAsync();
    }

    /// <summary>Stops looking after jobs and closes the folder. Living workers go on; the next server that opens the folder takes their results.</summary>
    public async ValueTask DisposeAsync()
    {
        await runner.DisposeAsync().ConfigureAwait(false);
        LogIns.Dispose();
        await alertUpkeep.DisposeAsync().ConfigureAwait(false);
        await upkeep.DisposeAsync().ConfigureAwait(false);
        Storage.Dispose();
    }
}
