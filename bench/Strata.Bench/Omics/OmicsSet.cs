using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Workflow;
using Strata.Solutions.Omics;

namespace Strata.Bench.Omics;

/// <summary>A set of samples, and the blocks that the rows to predict may lack.</summary>
/// <param name="Name">Such as <c>rosmap</c>.</param>
/// <param name="Table">All of its rows.</param>
/// <param name="Absent">The block that is taken from the tested rows in a second measurement; null for none.</param>
internal sealed record OmicsSet(string Name, TrainingTable Table, string? Absent)
{
    private static readonly string[] Names = ["rosmap", "breast_tcga", "golub", "colon", "khan"];

    /// <summary>Those of the names, or all.</summary>
    /// <param name="folder">With the folders <c>rosmap</c>, <c>breast_tcga</c> and <c>microarray</c>.</param>
    /// <param name="names">With commas between; null for all.</param>
    public static IEnumerable<OmicsSet> Read(string folder, string? names) => (names?.Split(',') ?? Names).Select(name => name switch
    {
        "rosmap" => new OmicsSet(name, TableOf("label", Joined(folder, [("mrna", "rosmap/1_tr.csv"), ("methylation", "rosmap/2_tr.csv"), ("mirna", "rosmap/3_tr.csv")], "rosmap/labels_tr.csv")), null),
        "breast_tcga" => new OmicsSet(name, TableOf("subtype", Joined(folder, [("mrna", "breast_tcga/train_mrna.csv"), ("mirna", "breast_tcga/train_mirna.csv"), ("protein", "breast_tcga/train_protein.csv")], "breast_tcga/train_subtype.csv")), "protein"),
        _ => new OmicsSet(name, TableOf("label", TableFile.Read(Path.Combine(folder, "microarray", name switch { "golub" => "golub_train.csv.gz", "colon" => "alon_colon.csv.gz", _ => "khan_srbct.csv.gz" })).Frame), null),
    });

    private static Frame Joined(string folder, (string Name, string File)[] blocks, string labels)
    {
        Frame joined = JoinedBlocks.Read([.. blocks.Select(block => new BlockFile(block.Name, Path.Combine(folder, block.File)))], Path.Combine(folder, labels)).Table;
        return joined.Contains(JoinedBlocks.SampleColumn) ? joined.Drop([JoinedBlocks.SampleColumn]) : joined;
    }

    private static TrainingTable TableOf(string target, Frame rows) => PlannedTable.Of(new TrainingPlan { Target = target, Task = TargetKind.Classification }, rows).Table;
}
