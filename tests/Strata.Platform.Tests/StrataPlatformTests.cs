using Shouldly;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests;

public sealed class StrataPlatformTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Settings_that_make_no_sense_are_refused_all_at_once()
    {
        PlatformOptions options = TestPlatform.OptionsFor(folder.Root) with { MaxConcurrentJobs = 0, JobTimeLimit = TimeSpan.Zero };
        Learning.Data.DataException refused = Should.Throw<Learning.Data.DataException>(() => StrataPlatform.Open(options, TestPlatform.LoadModel, TimeProvider.System));
        refused.Problems.ShouldBe(["The setting max_concurrent_jobs is 0; it takes at least 1.", "The setting job_time_limit in seconds is 0; it takes at least 1."]);
        folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_platform_is_opened_closed_and_opened_again()
    {
        for (int i = 0; i < 2; i++)
        {
            await using var platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root), TestPlatform.LoadModel, TimeProvider.System);
            await platform.StartAsync(TestContext.Current.CancellationToken);
            platform.Datasets.List().Total.ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_folder_from_before_comparisons_gets_room_for_them()
    {
        PlatformOptions options = TestPlatform.OptionsFor(folder.Root);
        DataStore.Open(options.DataFolder, [.. StrataPlatform.Schema.Take(1)], TimeProvider.System).Dispose();

        await using var platform = StrataPlatform.Open(options, TestPlatform.LoadModel, TimeProvider.System);
        platform.Comparisons.List().Total.ShouldBe(0);
    }
}
