using Dapper;
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

    [Fact]
    public async Task What_was_stored_before_projects_belongs_to_the_usual_one()
    {
        PlatformOptions options = TestPlatform.OptionsFor(folder.Root);
        using (DataStore before = DataStore.Open(options.DataFolder, [.. StrataPlatform.Schema.Take(3)], TimeProvider.System))
        {
            await before.Database.WriteAsync(connection => connection.Execute("""
                insert into datasets (id, name, version, origin, status, content_hash, file_name, bytes, types, layout, original_blob, columns, notes, created_at)
                values ('d', 'people', 3, 'upload', 'failed', 'c', 'people.csv', 1, '{}', '{}', 'b', '[]', '[]', 1);
                insert into models (id, name, version, origin, algorithm, task, target, classes, features, metrics, hash, bytes, created_at)
                values ('m', 'first', 2, 'imported', 'baseline', 'regression', 't', '[]', '[]', '{}', 'h', 1, 1);
                """));
        }

        await using var platform = StrataPlatform.Open(options, TestPlatform.LoadModel, TimeProvider.System);
        (platform.Datasets.Get("d").Project, platform.Datasets.Get("d").Version).ShouldBe((ProjectScope.Usual, 3));
        (platform.Models.Get("m").Project, platform.Models.Get("m").Version).ShouldBe((ProjectScope.Usual, 2));
        platform.Projects.List().Select(project => project.Id).ShouldBe([ProjectScope.Usual]);
    }
}
