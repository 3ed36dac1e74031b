using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>How a dataset was made from another one.</summary>
/// <param name="ParentId">The id of that one.</param>
/// <param name="ParentName">Its name.</param>
/// <param name="ParentHash">Its content hash.</param>
/// <param name="RowsBefore">How many rows it has.</param>
/// <param name="ColumnsBefore">How many columns it has.</param>
/// <param name="Target">The column to predict, which steps leave as it is; null for none.</param>
/// <param name="Steps">What each step did, in order; empty until the dataset is ready, and for a split.</param>
/// <param name="Split">Of which split it is a part; null for none.</param>
public sealed record DerivationView(
    string ParentId,
    string ParentName,
    string ParentHash,
    long RowsBefore,
    int ColumnsBefore,
    string? Target,
    IReadOnlyList<DerivedStepView> Steps,
    DatasetSplitView? Split);

/// <summary>What one step did to a table.</summary>
/// <param name="Step">Its name in the table of steps.</param>
/// <param name="Settings">Values in place of its defaults.</param>
/// <param name="Target">The column whose values it chose by; null for a step that looks at no target.</param>
/// <param name="FittedRows">How many rows it learned from.</param>
/// <param name="RowsBefore">Rows before it.</param>
/// <param name="RowsAfter">Rows behind it.</param>
/// <param name="ColumnsBefore">Columns before it, the target among them.</param>
/// <param name="ColumnsAfter">Columns behind it.</param>
/// <param name="Filled">How many missing values it filled, by column.</param>
/// <param name="Outliers">How many values lay too far out, by column; a row may have several.</param>
/// <param name="Scores">What each column scored, where columns were chosen; null for one that is kept without.</param>
/// <param name="Dropped">Columns that are gone.</param>
/// <param name="Notes">One sentence each.</param>
public sealed record DerivedStepView(
    string Step,
    IReadOnlyDictionary<string, JsonElement> Settings,
    string? Target,
    int FittedRows,
    int RowsBefore,
    int RowsAfter,
    int ColumnsBefore,
    int ColumnsAfter,
    IReadOnlyDictionary<string, int> Filled,
    IReadOnlyDictionary<string, int> Outliers,
    IReadOnlyDictionary<string, double?> Scores,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> Notes);

/// <summary>A part of a split, with the ids of all parts.</summary>
/// <param name="Part">This one.</param>
/// <param name="TrainId">The dataset of the rows to learn from.</param>
/// <param name="ValidationId">The dataset of the rows to stop early by; null for none.</param>
/// <param name="TestId">The dataset of the rows to test on.</param>
/// <param name="TestSize">The part of the rows that was to be tested on.</param>
/// <param name="ValidationSize">The part that was to be stopped by; 0 for none.</param>
/// <param name="Stratify">Whether each part was to have the target's classes in the same shares.</param>
/// <param name="Group">The column whose equal values stay together, or null.</param>
/// <param name="Time">The column that orders rows, or null.</param>
/// <param name="Seed">Where chance starts.</param>
/// <param name="Text">How the rows were split, in words; empty until they are.</param>
public sealed record DatasetSplitView(
    SplitPart Part,
    string TrainId,
    string? ValidationId,
    string TestId,
    double TestSize,
    double ValidationSize,
    bool Stratify,
    string? Group,
    string? Time,
    ulong Seed,
    string Text);

/// <summary>Which part of a split a dataset is.</summary>
public enum SplitPart
{
    Train,
    Validation,
    Test,
}
