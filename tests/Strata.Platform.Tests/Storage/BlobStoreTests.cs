using System.Security.Cryptography;
using Shouldly;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>What every blob store promises.</summary>
public sealed class BlobStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BlobStore blobs;

    public BlobStoreTests() => blobs = new BlobStore(folder.Root);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_003)]
    public async Task What_is_written_is_read_back_under_its_hash(int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        using Blob blob = await blobs.WriteAsync(bytes, Cancellation);
        blob.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        blob.Bytes.ShouldBe(length);
        blobs.ReadAll(blob.Hash).ShouldBe(bytes);
        blobs.All().ShouldBe([blob.Hash]);
    }

    [Fact]
    public async Task The_same_bytes_are_stored_once()
    {
        using Blob first = await blobs.WriteAsync("same"u8.ToArray(), Cancellation);
        using Blob second = await blobs.WriteAsync("same"u8.ToArray(), Cancellation);
        second.Hash.ShouldBe(first.Hash);
        folder.Files().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_blob_with_other_bytes_than_its_name_says_is_refused()
    {
        using Blob blob = await blobs.WriteAsync(RandomNumberGenerator.GetBytes(20_000), Cancellation);
        string path = blobs.PathOf(blob.Hash);
        byte[] whole = await File.ReadAllBytesAsync(path, Cancellation);
        for (int at = 0; at < whole.Length; at += 4096)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 1;
            await WriteLaterAsync(path, flipped);
            Should.Throw<StorageException>(() => blobs.Open(blob.Hash)).Message.ShouldContain("damaged");
            await WriteLaterAsync(path, whole[..at]);
            Should.Throw<StorageException>(() => blobs.Open(blob.Hash)).Message.ShouldContain("damaged");
        }

        File.Delete(path);
        Should.Throw<StorageException>(() => blobs.Open(blob.Hash)).Message.ShouldContain("missing");
    }

    [Fact]
    public async Task Writing_the_same_bytes_again_mends_a_damaged_blob()
    {
        using Blob blob = await blobs.WriteAsync("precious"u8.ToArray(), Cancellation);
        await WriteLaterAsync(blobs.PathOf(blob.Hash), "previous"u8.ToArray());
        using Blob again = await blobs.WriteAsync("precious"u8.ToArray(), Cancellation);
        blobs.ReadAll(blob.Hash).ShouldBe("precious"u8.ToArray());
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_and_leave_nothing()
    {
        (await blobs.WriteAsync(new MemoryStream(new byte[1000]), 1000, cancellation: Cancellation)).Bytes.ShouldBe(1000);
        TooLargeException refused = await Should.ThrowAsync<TooLargeException>(() => blobs.WriteAsync(new MemoryStream(new byte[1001]), 1000, "The file 'a.csv'", Cancellation));
        refused.Message.ShouldStartWith("The file 'a.csv' is larger than 1000 bytes");
        folder.Files().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_nothing()
    {
        await Should.ThrowAsync<IOException>(() => blobs.WriteAsync(new BreakingStream(300_000), cancellation: Cancellation));
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(() => blobs.WriteAsync(new StallingStream(), cancellation: cancelled.Token));
        folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public void What_a_crash_left_half_written_is_gone_at_the_next_start()
    {
        File.WriteAllText(folder.At("incoming.abc.tmp"), "half");
        _ = new BlobStore(folder.Root);
        folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_held_blob_is_not_deleted_and_a_referenced_one_neither()
    {
        Blob blob = await blobs.WriteAsync("held"u8.ToArray(), Cancellation);
        Blob twin = await blobs.WriteAsync("held"u8.ToArray(), Cancellation);
        blobs.DeleteUnless(blob.Hash, _ => false);
        blobs.Contains(blob.Hash).ShouldBeTrue();
        blob.Dispose();
        blob.Dispose();
        blobs.DeleteUnless(blob.Hash, _ => false);
        blobs.Contains(blob.Hash).ShouldBeTrue();
        twin.Dispose();
        blobs.DeleteUnless(blob.Hash, _ => true);
        blobs.Contains(blob.Hash).ShouldBeTrue();
        blobs.DeleteUnless(blob.Hash, _ => false);
        blobs.Contains(blob.Hash).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public void Only_hashes_name_blobs(string name) => Should.Throw<ArgumentException>(() => blobs.Open(name));

    [Fact]
    public async Task A_hundred_writers_of_few_contents_agree()
    {
        Blob[] written = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => blobs.WriteAsync(new byte[] { (byte)(i % 5) }, Cancellation))));
        folder.Files().Count.ShouldBe(5);
        written.Select(blob => blob.Hash).Distinct().Count().ShouldBe(5);
    }

    /// <summary>Writes so that the time of change differs even on a coarse clock.</summary>
    private static async Task WriteLaterAsync(string path, byte[] bytes)
    {
        DateTime before = File.GetLastWriteTimeUtc(path);
        await File.WriteAllBytesAsync(path, bytes, Cancellation);
        File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
    }

    private sealed class BreakingStream(int length) : MemoryStream(new byte[length])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= 200_000 ? throw new IOException("The client is gone.") : base.ReadAsync(buffer, cancellationToken);
    }

    private sealed class StallingStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
