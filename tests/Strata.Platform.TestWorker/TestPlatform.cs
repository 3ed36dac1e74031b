using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Platform.Jobs;

namespace Strata.Platform.TestWorker;

/// <summary>Options under which faults show quickly.</summary>
public static class TestPlatform
{
    public static string WorkerPath => Path.Join(AppContext.BaseDirectory, "Strata.Platform.TestWorker");

    public static PlatformOptions OptionsFor(string folder, string? database = null) => new()
    {
        DataFolder = folder,
        Database = database,
        WorkerProgram = new WorkerProgram(WorkerPath, ["work"]),
        MaxConcurrentJobs = 2,
        ThreadsPerJob = 1,
        RetryDelay = TimeSpan.FromMilliseconds(50),
        PollInterval = TimeSpan.FromMilliseconds(50),
        WorkerMemoryBytes = 300 << 20,
    };

    public static IModel LoadModel(Stream file) => ModelFile.Load(file).Model;
}
