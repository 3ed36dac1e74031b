using System.Text;
using Shouldly;
using Strata.Platform.Datasets;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Datasets;

/// <summary>What a project may keep of what is uploaded.</summary>
public abstract class DatasetLimitContract(string? database) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_project_keeps_no_more_than_it_may_and_another_one_is_not_held_to_it()
    {
        await using StrataPlatform platform = StrataPlatform.Open(
            TestPlatform.OptionsFor(folder.At("data"), database) with { MaxDatasetsPerProject = 2, MaxDatasetBytesPerProject = 30 }, TestPlatform.LoadModel, TimeProvider.System);
        Dataset first = await Upload(platform, "a\n1\n2\n3\n4\n5\n", "default");
        QuotaException large = await Should.ThrowAsync<QuotaException>(() => Upload(platform, "b\n1000000\n2000000\n3000000\n", "default"));
        large.Message.ShouldContain("30 bytes together; 18 are left");
        (await Upload(platform, "a\n1\n2\n3\n4\n5\n", "default")).Id.ShouldBe(first.Id, "the same table once more is no other one");
        await Upload(platform, "c\n1\n", "default");
        (await Should.ThrowAsync<QuotaException>(() => Upload(platform, "d\n1\n", "default"))).Message.ShouldContain("2 datasets already");
        platform.Datasets.List().Total.ShouldBe(2);
        folder.Files().Count(file => file.Contains("blobs", StringComparison.Ordinal)).ShouldBe(2, "nothing of what was refused is kept");
        await Upload(platform, "d\n1\n", "other");
    }

    private static Task<Dataset> Upload(StrataPlatform platform, string text, string project) =>
        platform.Datasets.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new DatasetUpload("table.csv") { Name = text[..1], Project = project }, TestContext.Current.CancellationToken);
}

public sealed class DatasetLimitTests() : DatasetLimitContract(null);

public sealed class DatasetLimitOnPostgresTests(PostgresCluster cluster) : DatasetLimitContract(cluster.EmptyDatabase(nameof(DatasetLimitOnPostgresTests)));
