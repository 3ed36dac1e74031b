using Dapper;
using Shouldly;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Storage;

public class DataStoreTests : IDisposable
{
    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_second_server_on_the_same_folder_is_refused_until_the_first_is_gone()
    {
        using (DataStore first = Open())
        {
            Should.Throw<ConflictException>(Open).Message.ShouldContain("Another Strata server");
        }

        Open().Dispose();
    }

    [Fact]
    public void A_path_that_cannot_be_a_folder_is_refused_with_the_reason()
    {
        File.WriteAllText(folder.At("file"), "in the way");
        Should.Throw<StorageException>(() => DataStore.Open(folder.At("file"), StrataPlatform.Schema, TimeProvider.System)).Message.ShouldContain("cannot be used");
    }

    [Fact]
    public async Task A_sweep_takes_what_nothing_refers_to_and_leaves_the_rest()
    {
        using DataStore store = Open();
        using Blob kept = await store.Blobs.WriteAsync("kept"u8.ToArray(), TestContext.Current.CancellationToken);
        await store.Database.WriteAsync(connection => { connection.Execute("insert into artifacts (owner, name, hash, bytes) values ('o', 'n', @Hash, 4)", kept); });
        (await store.Blobs.WriteAsync("left"u8.ToArray(), TestContext.Current.CancellationToken)).Dispose();
        using Blob held = await store.Blobs.WriteAsync("held"u8.ToArray(), TestContext.Current.CancellationToken);
        await store.SweepAsync();
        store.Blobs.All().ShouldBe([kept.Hash, held.Hash], ignoreOrder: true);
    }

    private DataStore Open() => DataStore.Open(folder.Root, StrataPlatform.Schema, TimeProvider.System, Database);
}
