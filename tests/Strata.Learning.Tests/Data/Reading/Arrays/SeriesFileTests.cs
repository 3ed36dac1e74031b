using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading.Arrays;

public class SeriesFileTests
{
    private const string Archive = "1\t0.5\t1.5\t2\t3\t4\t5\t6\t7\n-1\t7\t6\t5\t4\t3\t2.5\tNaN\tNaN\n1\t1\tNaN\t3\t4\t5\t6\t7\t8\n";

    [Fact]
    public void A_tsv_without_header_is_a_class_and_a_series_in_each_row()
    {
        TableReading reading = Texts.Read(Archive, fileName: "Gun_TRAIN.tsv");

        reading.Frame.Names.ShouldBe(["label", "series"]);
        reading.Frame["label"].ShouldBeOfType<CategoryColumn>().Levels.ShouldBe(["-1", "1"]);
        ArrayColumn series = Series(reading);
        (series.Type, series.Channels.Single()).ShouldBe((ColumnType.Series, "value"));
        series.Values[0].ShouldBe([0.5f, 1.5f, 2, 3, 4, 5, 6, 7]);
        reading.Notes[0].ShouldContain("no header");
        reading.Notes[1].ShouldContain("one 'series' of 6 to 8 steps");
    }

    [Fact]
    public void Steps_that_are_missing_at_the_end_are_none_and_within_are_missing()
    {
        ArrayColumn series = Series(Texts.Read(Archive, fileName: "Gun_TRAIN.tsv"));

        Enumerable.Range(0, 3).Select(series.StepsOf).ShouldBe([8, 6, 8]);
        series.Values[2]![1].ShouldBe(float.NaN);
        series.TextAt(2).ShouldBe("[1,null,3,4,5,6,7,8]");
    }

    [Fact]
    public void Classes_that_are_numbers_stand_in_their_order()
    {
        string rows = string.Concat(new[] { 10, 2, 1 }.Select(label => $"{label}\t{string.Join('\t', Enumerable.Range(0, 9).Select(step => $"{step}.5"))}\n"));

        Texts.Read(rows, fileName: "x.tsv").Frame["label"].ShouldBeOfType<CategoryColumn>().Levels.ShouldBe(["1", "2", "10"]);
    }

    [Fact]
    public void Years_in_a_header_stay_names()
    {
        string years = string.Join(',', Enumerable.Range(1990, 30));
        string row = string.Join(',', Enumerable.Range(0, 30).Select(i => $"{i}.5"));

        TableReading reading = Texts.Read($"{years}\n{row}\n{row}\n");

        reading.Frame.Names.First().ShouldBe("1990");
        reading.Frame.RowCount.ShouldBe(2);
    }

    [Fact]
    public void Columns_of_unlike_scales_without_header_are_a_table()
    {
        string row = string.Join(',', Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? "0.001" : "9000.5"));

        Texts.Read($"1,{row}\n2,{row}\n").Frame.ColumnCount.ShouldBe(31);
        Texts.Read($"1,{row}\n2,{row}\n", new TableReadOptions { WideSeries = true }).Frame.Names.ShouldBe(["label", "series"]);
    }

    [Fact]
    public void Dimensions_between_colons_are_channels_and_the_label_stands_last()
    {
        const string Text = """
            # made up
            @problemName Two
            @timeStamps false
            @univariate false
            @classLabel true up down
            @data
            1,2,3:10,20,30:up
            4,?,6:40,50,60:down
            7,8:70,80,90:down
            """;

        TableReading reading = Texts.Read(Text, fileName: "Two.ts");

        reading.Frame.Names.ShouldBe(["series", "label"]);
        ArrayColumn series = Series(reading);
        series.Channels.ShouldBe(["channel_1", "channel_2"]);
        series.TextAt(0).ShouldBe("[[1,10],[2,20],[3,30]]");
        series.TextAt(1).ShouldBe("[[4,40],[null,50],[6,60]]");
        series.TextAt(2).ShouldBe("[[7,70],[8,80],[null,90]]");
        reading.Frame["label"].ShouldBeOfType<CategoryColumn>().Cells().ShouldBe(["up", "down", "down"]);
        (reading.Format.Kind, reading.Format.CommentLines.Single()).ShouldBe((TableKind.SeriesText, "made up"));
        reading.Notes.Single().ShouldContain("unlike lengths");
    }

    [Fact]
    public void A_numeric_target_of_a_series_file_is_a_number()
    {
        Texts.Read("@targetLabel true\n@data\n1,2:0.5\n3,4,5:1.5\n", fileName: "r.ts").Frame["target"].ShouldBeOfType<Float64Column>().Values.ShouldBe([0.5, 1.5]);
    }

    [Theory]
    [InlineData("@classLabel true a\n@data\n1,x,3:a\n", "Line 3 has 'x' at step 2 of dimension 1; expected a number or ? for a missing one.")]
    [InlineData("@classLabel true a\n@data\n1,2:3,4:a\n1,2:a\n", "Line 4 has 1 dimension; expected 2 as before.")]
    [InlineData("@timeStamps true\n@data\n(0,1):a\n", "time stamps of their own")]
    [InlineData("@classLabel true a\n1,2:a\n", "expected a header line that begins with @")]
    [InlineData("@classLabel true a\n@data\n", "has a header but no series")]
    [InlineData("@targetLabel true\n@data\n1,2:a\n", "target of row 1 is 'a'")]
    public void What_is_none_of_the_format_is_named(string text, string message) =>
        Should.Throw<DataException>(() => Texts.Read(text, fileName: "x.ts")).Message.ShouldContain(message);

    [Fact]
    public void Rows_of_one_id_become_one_series_in_the_order_of_time()
    {
        const string Text = "patient,t,hr,bp,sex,note\na,2,62,,f,x\na,1,61,101,f,y\nb,1,71,111,m,x\nb,2,72,112,m,x\nb,3,73,113,m,z\n";

        TableReading reading = Texts.Read(Text, new TableReadOptions { Series = new LongSeries("patient", "t") });

        reading.Frame.Names.ShouldBe(["patient", "sex", "series"]);
        ArrayColumn series = Series(reading);
        series.Channels.ShouldBe(["hr", "bp"]);
        series.Cells().ShouldBe(["[[61,101],[62,null]]", "[[71,111],[72,112],[73,113]]"]);
        reading.Cells("sex").ShouldBe(["f", "m"]);
        reading.Notes.ShouldContain(note => note.Contains("5 rows became 2", StringComparison.Ordinal));
        reading.Notes.ShouldContain(note => note.Contains("left out ('note')", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_with_coordinates_and_without_time_are_points()
    {
        TableReading reading = Texts.Read("object,label,x,y,z\n0,car,1,2,3\n0,car,4,5,6\n1,tree,7,8,9\n", new TableReadOptions { Series = new LongSeries("object") });

        ArrayColumn points = reading.Frame["points"].ShouldBeOfType<ArrayColumn>();
        (points.Type, points.StepsOf(0), points.StepsOf(1)).ShouldBe((ColumnType.Points, 2, 1));
        reading.Cells("label").ShouldBe(["car", "tree"]);
    }

    [Fact]
    public void Unknown_columns_of_a_long_table_are_named() =>
        Should.Throw<DataException>(() => Texts.Read("a,b\n1,2\n", new TableReadOptions { Series = new LongSeries("id", "time") })).Problems.Count.ShouldBe(2);

    [Fact]
    public void A_list_in_each_cell_of_a_csv_or_json_is_an_array()
    {
        const string Json = """[{"id":1,"s":[1,2.5,null],"m":[[1,2],[3,4]],"g":[[[1],[2]],[[3],[4]]]},{"id":2,"s":[],"m":null,"g":[[[5],[6],[7]]]}]""";
        Frame frame = Texts.Read(Json, fileName: "x.json").Frame;

        frame["s"].ShouldBeOfType<ArrayColumn>().Cells().ShouldBe(["[1,2.5,null]", null]);
        frame["m"].ShouldBeOfType<ArrayColumn>().Channels.Count.ShouldBe(2);
        ArrayColumn images = frame["g"].ShouldBeOfType<ArrayColumn>();
        (images.Type, images.SizeOf(0), images.SizeOf(1)).ShouldBe((ColumnType.Image, (2, 2), (1, 3)));

        Frame again = Texts.Read(FrameCsv.ToText(frame), fileName: "x.csv").Frame;
        again["s"].Cells().ShouldBe(frame["s"].Cells());
        again["m"].Cells().ShouldBe(frame["m"].Cells());
        again["id"].Type.ShouldBe(ColumnType.Int64);
        Frame asked = Texts.Read(FrameCsv.ToText(frame), new TableReadOptions { Types = new Dictionary<string, ColumnType> { ["g"] = ColumnType.Image } }, "x.csv").Frame;
        asked["g"].Cells().ShouldBe(frame["g"].Cells());
        frame.Schema.Conform(again)["g"].Cells().ShouldBe(frame["g"].Cells());
    }

    [Fact]
    public void Lists_of_unlike_depth_stay_text()
    {
        TableReading reading = Texts.Read("""[{"a":[1,2]},{"a":[[1]]},{"a":[{"b":1}]}]""", fileName: "x.json");

        reading.Frame["a"].Type.ShouldBe(ColumnType.Category);
        reading.Notes.Single().ShouldContain("kept as JSON text: 'a'");
    }

    [Fact]
    public void A_column_that_shall_be_points_is_points_or_an_error()
    {
        TableReadOptions Asked(ColumnType type) => new() { Types = new Dictionary<string, ColumnType> { ["p"] = type } };

        Texts.Read("p\n\"[[1,2,3],[4,5,6]]\"\n", Asked(ColumnType.Points)).Frame["p"].Type.ShouldBe(ColumnType.Points);
        Should.Throw<DataException>(() => Texts.Read("p\nfar\n", Asked(ColumnType.Points))).Message.ShouldContain("'far' on line 2; expected an array");
    }

    /// <summary>1-nearest neighbour by Euclidean distance on z-normalised series gives the accuracy that the archive publishes: the loader reads what it reads. Where it has none (series as measured, filled up to one length) scikit-learn's on the same file is compared.</summary>
    [Theory]
    [MemberData(nameof(ArchiveSets))]
    public void Nearest_neighbours_are_as_accurate_as_the_archive_says(string name, double published, bool normalised)
    {
        (float[][] train, string[] trainLabels) = Read($"series/ucr/{name}_TRAIN.tsv", normalised);
        (float[][] test, string[] testLabels) = Read($"series/ucr/{name}_TEST.tsv", normalised);

        int right = 0;
        for (int i = 0; i < test.Length; i++)
        {
            right += trainLabels[Nearest(train, test[i])] == testLabels[i] ? 1 : 0;
        }

        Math.Round(100.0 * right / test.Length, 2).ShouldBe(published, 0.0101, name);
    }

    public static TheoryData<string, double, bool> ArchiveSets()
    {
        var sets = new TheoryData<string, double, bool>();
        if (SharedData.TryPath("published/ucr_published_accuracies.csv") is not string path)
        {
            sets.Add("CBF", 85.22, true);
            return sets;
        }

        Frame table = TableFile.Read(path).Frame;
        for (int row = 0; row < table.RowCount; row++)
        {
            double published = table["ed_acc_archive"].NumberAt(row);
            sets.Add(table["dataset"].TextAt(row)!, double.IsNaN(published) ? table["ed_acc_ours"].NumberAt(row) : published, !double.IsNaN(published));
        }

        return sets;
    }

    [Theory]
    [InlineData("BasicMotions_TRAIN", 40, 6, 100, 100, 4)]
    [InlineData("BasicMotions_TEST", 40, 6, 100, 100, 4)]
    [InlineData("JapaneseVowels_TRAIN", 270, 12, 7, 26, 9)]
    [InlineData("JapaneseVowels_TEST", 370, 12, 7, 29, 9)]
    public void Archives_of_several_channels_load_with_their_lengths(string name, int rows, int channels, int shortest, int longest, int classes)
    {
        Frame frame = TableFile.Read(SharedData.Path($"series/uea/{name}.ts"), cancellation: TestContext.Current.CancellationToken).Frame;

        var series = (ArrayColumn)frame["series"];
        int[] lengths = [.. Enumerable.Range(0, series.Count).Select(series.StepsOf)];
        (frame.RowCount, series.Channels.Count, lengths.Min(), lengths.Max()).ShouldBe((rows, channels, shortest, longest));
        frame["label"].ShouldBeOfType<CategoryColumn>().Levels.Count.ShouldBe(classes);
        series.Values.ShouldAllBe(cell => cell!.All(float.IsFinite));
    }

    [Fact]
    public void Objects_of_a_laser_scan_are_clouds()
    {
        TableReading reading = TableFile.Read(SharedData.Path("clouds/dales_objects_499_1024pts.csv.gz"), new TableReadOptions { Series = new LongSeries("object") }, TestContext.Current.CancellationToken);

        var points = (ArrayColumn)reading.Frame["points"];
        (reading.Frame.RowCount, points.Type).ShouldBe((499, ColumnType.Points));
        Enumerable.Range(0, points.Count).Max(points.StepsOf).ShouldBe(1024);
        reading.Frame["label"].ShouldBeOfType<CategoryColumn>().Levels.ShouldBe(["building", "car", "fence", "pole", "tree"]);
    }

    private static ArrayColumn Series(TableReading reading) => reading.Frame["series"].ShouldBeOfType<ArrayColumn>();

    private static (float[][] Series, string[] Labels) Read(string file, bool normalised)
    {
        Frame frame = TableFile.Read(SharedData.Path(file), cancellation: TestContext.Current.CancellationToken).Frame;
        return ([.. ((ArrayColumn)frame["series"]).Values.Select(cell => normalised ? Normalised(cell!) : cell!)], [.. frame["label"].Cells().Select(label => label!)]);
    }

    private static float[] Normalised(float[] series)
    {
        double[] present = [.. series.Where(value => !float.IsNaN(value)).Select(value => (double)value)];
        double mean = present.Average(), deviation = Math.Sqrt(present.Sum(value => (value - mean) * (value - mean)) / present.Length);
        return Array.ConvertAll(series, value => float.IsNaN(value) ? 0 : (float)((value - mean) / Math.Max(deviation, 1e-8)));
    }

    private static int Nearest(float[][] train, float[] series)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < train.Length; i++)
        {
            double distance = 0;
            for (int step = 0; step < Math.Max(series.Length, train[i].Length) && distance < least; step++)
            {
                double gap = (step < series.Length ? series[step] : 0) - (step < train[i].Length ? train[i][step] : 0);
                distance += gap * gap;
            }

            (least, nearest) = distance < least ? (distance, i) : (least, nearest);
        }

        return nearest;
    }
}
