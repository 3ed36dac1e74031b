using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading.Arrays;

public class ArrayFileTests
{
    private static readonly Stored[] Arrays = JsonSerializer.Deserialize<Stored[]>(File.ReadAllText(FixturePath("numpy.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names() => [.. Arrays.Where(array => array.Sizes.Length > 0).Select(array => array.Name)];

    public static string FixturePath(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Reading", "Arrays", "Fixtures", name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_of_a_numpy_array_is_read(string name)
    {
        Stored stored = Arrays.Single(array => array.Name == name);

        var series = (ArrayColumn)Texts.Read(stored.File, new TableReadOptions { ArrayType = ColumnType.Series }, "walk.npy").Frame["walk"];

        series.Values.SelectMany(cell => cell!).ShouldBe(stored.Values.Select(value => (float)value));
        (series.Count, series.StepsOf(0), series.Channels.Count).ShouldBe((stored.Sizes[0], stored.Sizes[1], stored.Sizes[2]));
    }

    [Fact]
    public void The_arrays_of_an_npz_are_the_columns_and_the_classes_come_first()
    {
        TableReading reading = Texts.Read(Arrays.Single(array => array.Name == "npz").File, fileName: "set.npz");

        reading.Frame.Names.ShouldBe(["y", "X", "age"]);
        reading.Cells("y").ShouldBe(["walk", "run"]);
        reading.Frame["X"].ShouldBeOfType<ArrayColumn>().TextAt(1).ShouldBe("[[12,13,14],[15,16,17],[18,19,20],[21,22,23]]");
        reading.Frame["age"].ShouldBeOfType<Int64Column>().Values.ShouldBe([31, 42]);
        reading.Format.Kind.ShouldBe(TableKind.Numpy);
    }

    [Fact]
    public void An_array_of_one_or_two_dimensions_is_a_table()
    {
        Frame one = Texts.Read(Numpy("<i8", "(3,)", new byte[24]), fileName: "age.npy").Frame;
        Frame two = Texts.Read(Numpy("<f8", "(2, 3)", new byte[48]), fileName: "x.npy").Frame;

        (one.Names.Single(), one.RowCount, one["age"].Type).ShouldBe(("age", 3, ColumnType.Int64));
        two.Names.ShouldBe(["x_0", "x_1", "x_2"]);
        Texts.Read(Numpy("<f8", "(2, 3)", new byte[48]), new TableReadOptions { ArrayType = ColumnType.Series }, "x.npy").Frame["x"].Type.ShouldBe(ColumnType.Series);
    }

    [Fact]
    public void Bytes_of_three_dimensions_are_images_and_channels_in_front_go_behind()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 5 * 6).Select(i => (byte)i)];

        var gray = (ArrayColumn)Texts.Read(Numpy("|u1", "(2, 15, 6)", pixels), fileName: "x.npy").Frame["x"];
        TableReading turned = Texts.Read(Numpy("|u1", "(2, 3, 5, 6)", pixels), fileName: "x.npy");

        (gray.Type, gray.SizeOf(1)).ShouldBe((ColumnType.Image, (15, 6)));
        var coloured = (ArrayColumn)turned.Frame["x"];
        coloured.Channels.ShouldBe(["red", "green", "blue"]);
        coloured.Values[1]![..6].ShouldBe([90, 120, 150, 91, 121, 151]);
        turned.Notes.Single().ShouldContain("3 channels before its rows");
    }

    [Theory]
    [InlineData("|O", "(3,)", 24, "Python objects")]
    [InlineData("<c16", "(3,)", 48, "elements of type '<c16'")]
    [InlineData("<f8", "(300000000000, 4)", 24, "a dimension of '300000000000'")]
    [InlineData("<f8", "(2000000000, 2000000000, 2000000000)", 24, "damaged or cut off")]
    [InlineData("<f8", "(4,)", 24, "should take 32 bytes, but the file has 24")]
    [InlineData("<f8", "()", 8, "single value")]
    [InlineData("<f8", "(0, 4)", 0, "empty array")]
    public void An_array_that_cannot_be_read_is_refused_before_it_takes_memory(string type, string shape, int bytes, string message) =>
        Should.Throw<DataException>(() => Texts.Read(Numpy(type, shape, new byte[bytes]), fileName: "x.npy")).Message.ShouldContain(message);

    [Fact]
    public void Idx_images_and_labels_in_one_archive_are_one_table()
    {
        byte[] zip = Zip(("set/t-images-idx3-ubyte", Idx([2, 2, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255)), ("set/t-labels-idx1-ubyte", Idx([2], 7, 3)));

        TableReading reading = Texts.Read(zip, fileName: "digits.zip");

        reading.Frame.Names.ShouldBe(["label", "image"]);
        reading.Frame["label"].ShouldBeOfType<Int64Column>().Values.ShouldBe([7, 3]);
        reading.Frame["image"].TextAt(1).ShouldBe("[[7,8,9],[10,11,255]]");
        reading.Format.Kind.ShouldBe(TableKind.Idx);
    }

    [Fact]
    public void Digits_are_read_with_their_labels_to_the_last_pixel()
    {
        Frame digits = TableFile.Read(SharedData.Path("images/mnist-train-images-idx3-ubyte.gz"), cancellation: TestContext.Current.CancellationToken).Frame;

        var images = (ArrayColumn)digits["image"];
        (digits.RowCount, images.SizeOf(59_999), images.Channels.Single()).ShouldBe((60_000, (28, 28), "value"));
        images.Values.Sum(image => image!.Sum(pixel => (long)pixel)).ShouldBe(1_567_298_545);
        ((Int64Column)digits["label"]).Values[..5].ShouldBe([5, 0, 4, 1, 9]);
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }

    internal static byte[] Numpy(string type, string shape, byte[] elements)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. elements];
    }

    private static byte[] Idx(int[] sizes, params byte[] elements)
    {
        var file = new byte[4 + 4 * sizes.Length + elements.Length];
        (file[2], file[3]) = (8, (byte)sizes.Length);
        for (int d = 0; d < sizes.Length; d++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * d), sizes[d]);
        }

        elements.CopyTo(file, 4 + 4 * sizes.Length);
        return file;
    }

    private sealed record Stored(string Name, byte[] File, int[] Sizes, double[] Values);
}
