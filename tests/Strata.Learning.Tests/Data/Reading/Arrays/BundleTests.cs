using System.Globalization;
using System.Text;
using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading.Arrays;

public sealed class BundleTests : IDisposable
{
    private static readonly Pictured[] Images = JsonSerializer.Deserialize<Pictured[]>(File.ReadAllText(ArrayFileTests.FixturePath("images.json")), JsonSerializerOptions.Web)!;

    private readonly string folder = Directory.CreateTempSubdirectory("strata-bundle-").FullName;

    public static TheoryData<string> ImageNames() => [.. Images.Select(image => image.Name)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(ImageNames))]
    public void Every_pixel_of_a_png_image_is_read(string name)
    {
        Pictured expected = Images.Single(image => image.Name == name);

        var image = (ArrayColumn)Texts.Read(expected.File, fileName: "x.png").Frame["image"];

        (image.SizeOf(0), image.Channels.Count).ShouldBe(((expected.Sizes[0], expected.Sizes[1]), expected.Sizes[2]));
        image.Values[0]!.Zip(expected.Pixels, (found, pixel) => Math.Abs(found - pixel)).Max().ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void A_damaged_image_is_named_wherever_it_is_damaged()
    {
        byte[] good = Images.Single(image => image.Name == "rgb 8").File;
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x41;
            Should.Throw<DataException>(() => Texts.Read(bad, fileName: "x.png"), $"byte {at}");
            Should.Throw<DataException>(() => Texts.Read(good[..at], fileName: "x.png"), $"cut at {at}");
        }
    }

    [Fact]
    public void An_image_of_too_many_pixels_is_refused_before_it_takes_memory()
    {
        byte[] header = [0x89, .. "PNG"u8, 13, 10, 26, 10, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 6, 0, 0, 0];

        Should.Throw<DataException>(() => Texts.Read([.. header, .. CrcOf(header[12..])], fileName: "x.png")).Message.ShouldContain("65535 x 65535 pixels");
    }

    [Fact]
    public void Images_in_folders_have_their_folders_as_classes()
    {
        byte[] gray = Images.Single(image => image.Name == "gray 8").File, coloured = Images.Single(image => image.Name == "rgb 8").File;
        byte[] zip = ArrayFileTests.Zip(("pets/dog/2.png", gray), ("pets/cat/1.png", coloured), ("pets/dog/1.png", gray), ("pets/readme.md", [1]), ("__MACOSX/pets/._1.png", [1]));

        TableReading reading = Texts.Read(zip, fileName: "pets.zip");

        reading.Frame.Names.ShouldBe(["label", "image"]);
        reading.Cells("label").ShouldBe(["cat", "dog", "dog"]);
        reading.Frame["image"].ShouldBeOfType<ArrayColumn>().Channels.ShouldBe(["red", "green", "blue"]);
        reading.Notes.ShouldContain(note => note.Contains("1 and 3 channels", StringComparison.Ordinal));
        reading.Notes.ShouldContain("1 other file was left aside.");
        reading.Format.Kind.ShouldBe(TableKind.Files);
    }

    [Fact]
    public void Folders_above_the_classes_stay_apart_and_files_without_folders_keep_their_names()
    {
        byte[] cloud = "0 0 0\n1 1 1\n"u8.ToArray();

        Texts.Read(ArrayFileTests.Zip(("test/a/1.xyz", cloud), ("train/b/1.xyz", cloud)), fileName: "x.zip").Cells("folder").ShouldBe(["test", "train"]);
        TableReading flat = Texts.Read(ArrayFileTests.Zip(("b.xyz", cloud), ("a.xyz", cloud)), fileName: "x.zip");
        flat.Cells("file").ShouldBe(["a.xyz", "b.xyz"]);
        flat.Frame["points"].ShouldBeOfType<ArrayColumn>().Channels.ShouldBe(["x", "y", "z"]);
    }

    [Fact]
    public void A_table_that_names_files_holds_what_is_in_them()
    {
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        File.WriteAllBytes(Path.Combine(folder, "files", "a.png"), Images.Single(image => image.Name == "gray 8").File);
        File.WriteAllText(Path.Combine(folder, "files", "a.csv"), "t,v\n1,10\n2,20\n");
        File.WriteAllText(Path.Combine(folder, "files", "b.csv"), "t,v\n1,11\n2,\n3,33\n");
        File.WriteAllText(Path.Combine(folder, "cases.csv"), "id,photo,sensor,age\n1,files/a.png,files/a.csv,30\n2,,./files/b.csv,40\n");

        TableReading reading = TableFile.Read(Path.Combine(folder, "cases.csv"), cancellation: TestContext.Current.CancellationToken);

        reading.Frame.Columns.Select(column => column.Type).ShouldBe([ColumnType.Int64, ColumnType.Image, ColumnType.Series, ColumnType.Int64]);
        reading.Cells("sensor").ShouldBe(["[[1,10],[2,20]]", "[[1,11],[2,null],[3,33]]"]);
        reading.Frame["sensor"].ShouldBeOfType<ArrayColumn>().Channels.ShouldBe(["t", "v"]);
        reading.Frame["photo"].IsMissing(1).ShouldBeTrue();
        TableFile.Read(folder, cancellation: TestContext.Current.CancellationToken).Frame.Names.ShouldBe(reading.Frame.Names);
    }

    [Fact]
    public void Files_that_are_absent_or_lead_out_of_the_folder_are_named_all_at_once()
    {
        string inner = Directory.CreateDirectory(Path.Combine(folder, "inner")).FullName;
        File.WriteAllText(Path.Combine(folder, "secret.xyz"), "1 2 3\n");
        File.WriteAllText(Path.Combine(inner, "good.xyz"), "1 2 3\n");
        File.WriteAllText(Path.Combine(inner, "t.csv"), $"cloud\ngood.xyz\n../secret.xyz\n{Path.Combine(folder, "secret.xyz")}\nnone.xyz\n");
        File.CreateSymbolicLink(Path.Combine(inner, "link.xyz"), Path.Combine(folder, "secret.xyz"));
        File.AppendAllText(Path.Combine(inner, "t.csv"), "link.xyz\n");

        DataException refused = Should.Throw<DataException>(() => TableFile.Read(Path.Combine(inner, "t.csv"), cancellation: TestContext.Current.CancellationToken));

        refused.Problems.Count.ShouldBe(4);
        refused.Problems[0].ShouldBe("'../secret.xyz' (row 2): There is no file '../secret.xyz' beside the table.");
    }

    [Fact]
    public void A_table_in_an_archive_names_files_from_where_it_is()
    {
        byte[] zip = ArrayFileTests.Zip(("set/cases.csv", "cloud,label\nc/1.off,a\nc/2.off,b\n"u8.ToArray()), ("set/c/1.off", "OFF\n3 0 0\n0 0 0\n1 0 0\n0 1 0\n"u8.ToArray()), ("set/c/2.off", "OFF3 1 0\n0 0 0\n2 0 0\n0 2 0\n3 0 1 2\n"u8.ToArray()));

        Frame frame = Texts.Read(zip, new TableReadOptions { MeshPoints = 500 }, "set.zip").Frame;

        var clouds = (ArrayColumn)frame["cloud"];
        (clouds.Type, clouds.StepsOf(0), clouds.StepsOf(1)).ShouldBe((ColumnType.Points, 3, 500));
        clouds.Values[1]!.Chunk(3).ShouldAllBe(point => point[0] >= 0 && point[1] >= 0 && point[0] + point[1] <= 2.0001f && point[2] == 0);
        ((double)clouds.Values[1]!.Chunk(3).Average(point => point[0])).ShouldBe(2.0 / 3, 0.1);
    }

    [Fact]
    public void A_grid_is_an_image_and_cells_without_data_are_missing()
    {
        Frame frame = Texts.Read("ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\nNODATA_value -9999\n1 2 3\n4 -9999 6.5\n", fileName: "slope.asc").Frame;

        frame["image"].TextAt(0).ShouldBe("[[1,2,3],[4,null,6.5]]");
    }

    [Fact]
    public void A_terrain_is_read_whole()
    {
        Frame frame = TableFile.Read(SharedData.Path("ground/ecuador_terrain_ta/slope.asc.gz"), cancellation: TestContext.Current.CancellationToken).Frame;

        ((ArrayColumn)frame["image"]).SizeOf(0).ShouldBe((415, 383));
        ((ArrayColumn)frame["image"]).Values[0]![0].ShouldBe(39.638f);
    }

    [Theory]
    [InlineData("x.off", "OFF\n2 0 0\n0 0 0\n", "has 1 of 2 vertices")]
    [InlineData("x.off", "OFF\n99999999999 0 0\n", "expected how many vertices")]
    [InlineData("x.off", "OFF\n1 1 0\n0 0 0\n3 0 1 2\n", "is no face")]
    [InlineData("x.off", "PLY\n", "does not begin with OFF")]
    [InlineData("x.xyz", "1 2 3\n1 2\n", "Line 2 of the point cloud has 2 numbers; expected 3")]
    [InlineData("x.xyz", "C 1 2 3\n", "has 'C'; expected numbers")]
    [InlineData("x.asc", "ncols 2\nnrows 2\n1 2 3\n", "has 3 cells; expected 2 x 2")]
    [InlineData("x.asc", "ncols 2000000000\nnrows 2000000000\n1 2 3\n", "at most 67108864 are read")]
    public void What_is_wrong_with_a_cloud_or_grid_is_named(string name, string text, string message) =>
        Should.Throw<DataException>(() => Texts.Read(Encoding.UTF8.GetBytes(text), fileName: name)).Message.ShouldContain(message);

    [Fact]
    public void An_archive_without_a_table_or_with_two_says_what_it_has()
    {
        byte[] table = "a\n1\n"u8.ToArray();

        Should.Throw<DataException>(() => Texts.Read(ArrayFileTests.Zip(("a.csv", table), ("b.csv", table)), fileName: "x.zip")).Message.ShouldContain("2 tables in it ('a.csv', 'b.csv')");
        Should.Throw<DataException>(() => Texts.Read(ArrayFileTests.Zip(("a.bin", table), ("b.exe", table)), fileName: "x.zip")).Message.ShouldContain("None of the 2 files");
        Texts.Read(ArrayFileTests.Zip(("a.csv", table)), fileName: "x.zip").Frame.Names.ShouldBe(["a"]);
    }

    [Fact]
    public void An_archive_that_unpacks_to_far_more_than_its_size_is_refused()
    {
        byte[] bomb = ArrayFileTests.Zip(("zeros.npy", new byte[80 << 20]));

        Should.Throw<DataException>(() => Texts.Read(bomb, fileName: "x.zip")).Message.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"unpacks to {80 << 20} bytes"));
        Should.Throw<DataException>(() => Texts.Read(ArrayFileTests.Zip(("a.csv", new byte[2000])), new TableReadOptions { MaxUnpackedBytes = 1000 }, "x.zip")).Message.ShouldContain("at most 1000");
    }

    private static byte[] CrcOf(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        crc = ~crc;
        return [(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private sealed record Pictured(string Name, byte[] File, int[] Sizes, double[] Pixels);
}
