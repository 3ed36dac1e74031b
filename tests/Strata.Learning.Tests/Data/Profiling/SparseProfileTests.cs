using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation.Leaks;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Data.Profiling;

public class SparseProfileTests
{
    [Fact]
    public void A_profile_says_the_same_of_sparse_columns_as_of_columns_in_full()
    {
        SparseTables tables = SparseTables.Of(LearningTask.BinaryClassification);
        Frame gaps = new Frame(new SparseNumberColumn("gaps", 400, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, double.NaN, 3, 1, 2, 2, -0.0, 0, 5, -6, 7, 8]), new SparseNumberColumn("mostly missing", 400, [4, 5, 6], [1, 2, 3], common: double.NaN));
        Frame table = new([.. tables.Sparse.Features.Columns, .. gaps.Columns, SparseNumberColumn.Compact(new BooleanColumn("flag", [.. Enumerable.Range(0, 400).Select(row => row % 30 == 0)]))]);

        string sparse = Json(TableProfile.Of(table, "x3", TestContext.Current.CancellationToken)), full = Json(TableProfile.Of(SparseTables.InFull(table), "x3", TestContext.Current.CancellationToken));

        sparse.ShouldBe(full);
    }

    [Fact]
    public void A_leak_audit_finds_in_sparse_columns_what_it_finds_in_columns_in_full()
    {
        SparseTables tables = SparseTables.Of(LearningTask.BinaryClassification, weighted: false);
        var target = (ClassTarget)tables.Sparse.Target;
        int[] rare = [.. Enumerable.Range(0, 400).Where(row => row % 10 == 0)];
        var codes = new int[400];
        foreach (int row in rare)
        {
            codes[row] = 1;
        }

        // A copy of a rare class, and every third row twice.
        int[] twice = [.. Enumerable.Range(0, 400), .. Enumerable.Range(0, 130).Select(i => 3 * i)];
        Frame sparse = tables.Sparse.Features.With(new SparseNumberColumn("copy", 400, rare, [.. rare.Select(_ => 7.0)])).Take(twice);
        var rareTarget = new ClassTarget("y", [.. twice.Select(row => codes[row])], target.Classes);
        var split = new RowSplit([.. Enumerable.Range(0, 400)], [.. Enumerable.Range(400, 130)]);

        LeakAudit ofSparse = LeakAudit.BeforeTraining(new TrainingTable(sparse, rareTarget), split, cancellation: TestContext.Current.CancellationToken);
        LeakAudit ofFull = LeakAudit.BeforeTraining(new TrainingTable(SparseTables.InFull(sparse), rareTarget), split, cancellation: TestContext.Current.CancellationToken);

        ofSparse.Findings.Select(finding => finding.Kind).ShouldContain(LeakKind.TargetCopy);
        ofSparse.Findings.Select(finding => finding.Kind).ShouldContain(LeakKind.DuplicateRows);
        ofSparse.Findings.Select(finding => finding.Message).ShouldBe(ofFull.Findings.Select(finding => finding.Message));
    }

    private static string Json(TableProfile profile) => JsonSerializer.Serialize(profile, ModelFileJson.Options);
}
