using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Xunit;

namespace Strata.Platform.Tests.Datasets;

public class ArrayFrameFileTests
{
    private static readonly Frame Rows = new(
        new ArrayColumn("series", ColumnType.Series, ["x", "y"], [[1, 2, 3, 4], null, [5, float.NaN], [6, 7]]),
        new ArrayColumn("image", ColumnType.Image, ["value"], [[1, 2, 3, 4, 5, 6], [7, 8], null, [9]], [3, 1, 0, 1]),
        new Float64Column("number", [1, 2, 3, 4]));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 2)]
    [InlineData(3, 10)]
    public void Arrays_are_stored_and_read_by_rows(int offset, int count)
    {
        using var file = new MemoryStream();
        FrameFile.Write(file, Rows);
        file.Position = 0;
        Frame read = FrameFile.Read(file, offset, count), expected = Rows.Take([.. Enumerable.Range(offset, Math.Min(count, 4 - offset))]);
        foreach (string name in new[] { "series", "image" })
        {
            var (own, other) = ((ArrayColumn)read[name], (ArrayColumn)expected[name]);
            own.Values.ShouldBe(other.Values);
            own.Widths.ShouldBe(other.Widths);
            own.Channels.ShouldBe(other.Channels);
        }
    }

    [Fact]
    public void A_file_that_was_cut_is_refused()
    {
        using var file = new MemoryStream();
        FrameFile.Write(file, new Frame(Rows["series"]));
        file.SetLength(file.Length - 3);
        file.Position = 0;
        Should.Throw<Strata.Platform.Storage.StorageException>(() => FrameFile.Read(file));
    }
}
