using Shouldly;
using Strata.Learning.Data;
using Strata.Solutions.Omics;
using Strata.Testing;
using Xunit;

namespace Strata.Solutions.Tests.Omics;

public sealed class JoinedBlocksTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strata-blocks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_without_header_or_identifiers_are_joined_in_the_order_of_their_rows()
    {
        string mrna = Write("1.csv", "0.5,1.5\n2.5,3.5\n"), methylation = Write("2.csv", "1,2,3\n1,2,4.5\n"), names = Write("names.csv", "GENE1\nGENE2\n"), labels = Write("labels.csv", "0\n1\n");

        JoinedBlocks joined = Read([new BlockFile("mrna", mrna, names), new BlockFile("methylation", methylation)], labels);

        joined.Table.Names.ShouldBe(["mrna:GENE1", "mrna:GENE2", "methylation:1", "methylation:2", "methylation:3", "label"]);
        joined.Table.RowCount.ShouldBe(2);
        (joined.Table["mrna:GENE2"].NumberAt(1), joined.Table["methylation:3"].NumberAt(1), joined.Table["label"].NumberAt(0)).ShouldBe((3.5, 4.5, 0));
    }

    [Fact]
    public void Samples_are_brought_together_by_their_identifiers_and_gaps_stay_gaps()
    {
        string mrna = Write("mrna.csv", "sample,A,B\np1,1,2\np2,3,4\np3,5,6\n"), protein = Write("protein.csv", "id,A\np3,7\np1,8\n"), labels = Write("labels.csv", "sample,subtype\np2,Basal\np1,LumA\np9,LumA\np3,Basal\n");

        JoinedBlocks joined = Read([new BlockFile("mrna", mrna), new BlockFile("protein", protein)], labels);

        joined.Table.Names.ShouldBe(["sample", "mrna:A", "mrna:B", "protein:A", "subtype"]);
        Enumerable.Range(0, 3).Select(row => $"{joined.Table["sample"].TextAt(row)} {joined.Table["mrna:B"].NumberAt(row)} {joined.Table["protein:A"].NumberAt(row)} {joined.Table["subtype"].TextAt(row)}")
            .ShouldBe(["p1 2 8 LumA", "p2 4 NaN Basal", "p3 6 7 Basal"]);
        joined.Notes.ShouldContain(note => note.Contains("protein.csv' has no row for 1 of them"));
        joined.Notes.ShouldContain(note => note.Contains("1 rows of") && note.Contains("labels.csv"));
    }

    [Fact]
    public void Files_that_do_not_fit_together_are_refused()
    {
        string two = Write("two.csv", "x,y\n1.5,2\n3.5,4\n"), three = Write("three.csv", "x,y\n1.5,2\n3.5,4\n5.5,6\n"), twice = Write("twice.csv", "sample,x\np1,1\np1,2\n"), names = Write("names.csv", "A\nB\n");

        Refused(() => Read([new BlockFile("a", two), new BlockFile("b", three)])).ShouldContain("unlike numbers of rows");
        Refused(() => Read([new BlockFile("a", two), new BlockFile("a", two)])).ShouldContain("Block 'a' is named twice");
        Refused(() => Read([new BlockFile("a", twice)], identifier: "sample")).ShouldContain("'p1' again");
        Refused(() => Read([new BlockFile("a", two, names)])).ShouldContain("has a header of its own");
        Refused(() => Read([])).ShouldContain("no block");
    }

    [Theory]
    [InlineData("mrna=a.csv", "mrna", "a.csv", null)]
    [InlineData("mrna = a.csv, b.csv", "mrna", "a.csv", "b.csv")]
    public void A_block_is_read_from_its_text(string text, string name, string path, string? names) => BlockFile.Parse(text).ShouldBe(new BlockFile(name, path, names));

    [Theory]
    [InlineData("a.csv")]
    [InlineData("=a.csv")]
    [InlineData("a:b=a.csv")]
    [InlineData("a=")]
    [InlineData("a=b,c,d")]
    public void A_text_that_is_no_block_is_refused(string text) => Refused(() => BlockFile.Parse(text)).ShouldContain("NAME=FILE");

    [Fact]
    public void The_real_sets_are_joined_as_they_lie()
    {
        string rosmap = SharedData.Path("omics/rosmap"), breast = SharedData.Path("omics/breast_tcga");

        Frame patients = Read([new BlockFile("mrna", $"{rosmap}/1_tr.csv", $"{rosmap}/1_featname.csv"), new BlockFile("methylation", $"{rosmap}/2_tr.csv"), new BlockFile("mirna", $"{rosmap}/3_tr.csv")], $"{rosmap}/labels_tr.csv").Table;
        Frame tumours = Read([new BlockFile("mrna", $"{breast}/train_mrna.csv"), new BlockFile("mirna", $"{breast}/train_mirna.csv"), new BlockFile("protein", $"{breast}/train_protein.csv")], $"{breast}/train_subtype.csv").Table;

        (patients.RowCount, patients.ColumnCount, patients.Columns[0].Name).ShouldBe((245, 601, "mrna:ENSG00000161896.6"));
        (tumours.RowCount, tumours.ColumnCount, tumours["subtype"].MissingCount).ShouldBe((150, 528, 0));
    }

    private static JoinedBlocks Read(IReadOnlyList<BlockFile> blocks, string? labels = null, string? identifier = null) => JoinedBlocks.Read(blocks, labels, identifier, TestContext.Current.CancellationToken);

    private static string Refused(Action read) => Should.Throw<DataException>(read).Message;

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return Path.Combine(folder, name);
    }
}
