using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.ModelFiles;
using Xunit;

namespace Strata.Learning.Tests.ModelFiles;

/// <summary>Files that another program wrote from a PyTorch state dict (Fixtures/make_safetensors.py, with numpy alone), and files that nobody should trust.</summary>
public class SafetensorsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "ModelFiles", "Fixtures");
    private static byte[] TorchState => File.ReadAllBytes(Path.Combine(Folder, "torch_state.safetensors"));

    [Fact]
    public void Every_type_of_number_is_read_as_another_reader_reads_it()
    {
        JsonNode expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "torch_state.json")))!["values"]!;

        Safetensors read = Read(TorchState);

        read.Tensors.Count.ShouldBe(expected.AsObject().Count);
        foreach ((string name, JsonNode? values) in expected.AsObject())
        {
            read.TryGet(name).ShouldNotBeNull(name).ToSingles().ShouldBe(values!.AsArray().Select(value => (float)(double)value!), name);
        }

        read.Metadata["format"].ShouldBe("pt");
        read.TryGet("count")!.Shape.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_written_is_byte_for_byte_what_another_writer_writes()
    {
        using var written = new MemoryStream();

        Read(TorchState).Write(written);

        written.ToArray().ShouldBe(TorchState);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_all_the_same()
    {
        using var pipe = new System.IO.Compression.GZipStream(Zipped(TorchState), System.IO.Compression.CompressionMode.Decompress);

        Safetensors.Read(pipe).Tensors.Count.ShouldBe(Read(TorchState).Tensors.Count);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begin at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begin at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "end within 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "goes on")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "length -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,4]}}""", 4, "length 99999999999")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2000000000,2000000000,2000000000],"data_offsets":[0,4]}}""", 4, "not a whole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[250000000],"data_offsets":[0,1000000000]}}""", 4, "end within 4")]
    [InlineData("""{"a":{"dtype":"Q7","shape":[1],"data_offsets":[0,4]}}""", 4, "'Q7'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "no type, shape and place")]
    [InlineData("""{"a":7}""", 4, "no type, shape and place")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "not text")]
    [InlineData("""[1]""", 0, "not a JSON object")]
    [InlineData("""{"a":""", 0, "not a whole")]
    public void A_hostile_header_is_refused_with_its_reason(string header, int dataBytes, string reason)
    {
        Should.Throw<ModelFileException>(() => Read(Bytes((ulong)Encoding.UTF8.GetByteCount(header), header, dataBytes))).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(99_000_000UL)]
    [InlineData(3UL)]
    public void A_header_that_is_not_as_long_as_it_says_is_refused(ulong declared) =>
        Should.Throw<ModelFileException>(() => Read(Bytes(declared, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)));

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = TorchState;
        for (int length = 0; length < whole.Length; length += 37)
        {
            Should.Throw<ModelFileException>(() => Read(whole[..length]), $"{length} bytes");
        }
    }

    private static Safetensors Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Safetensors.Read(stream);
    }

    private static byte[] Bytes(ulong declared, string header, int dataBytes)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, declared);
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
    }

    private static MemoryStream Zipped(byte[] bytes)
    {
        var zipped = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        zipped.Position = 0;
        return zipped;
    }
}
