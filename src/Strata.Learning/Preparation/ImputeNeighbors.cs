using System.Globalization;
using Strata.Tensors;

namespace Strata.Learning.Preparation;

/// <summary>How much each neighbour says.</summary>
public enum NeighborVote
{
    /// <summary>Each the same.</summary>
    Uniform,

    /// <summary>The nearer the more: by one over the distance.</summary>
    Distance,
}

/// <summary>
/// Fills missing numbers with the mean of the nearest training rows that have the value. Distances are over the number columns that both rows have, scaled
/// up for those they lack (Dixon 1979), so scale the columns first. A row that shares no column with any of them gets the column's mean.
/// </summary>
public sealed record ImputeNeighbors : IStep
{
    public string Name => "impute_neighbors";

    [Hyperparameter("How many neighbours are asked.", Min = 1, Max = 1000)]
    public int Neighbors { get; init; } = 5;

    [Hyperparameter("How much each neighbour says.")]
    public NeighborVote Vote { get; init; } = NeighborVote.Uniform;

    [Hyperparameter("The most training rows kept to ask; drawn at random where there are more.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxRows { get; init; } = 20_000;

    [Hyperparameter("Whether a column 'x was missing' is added for each number column with missing values in the training rows.")]
    public bool Indicators { get; init; } = true;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        GapColumns columns = GapColumns.Of(table, Indicators);
        double[][] numbers = columns.Read(table.Features);
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => (table.Weights?[row] ?? 1) > 0 && numbers.Any(column => !double.IsNaN(column[row])))];
        List<string> notes = [.. columns.NotesOn(table.Features)];
        if (rows.Length > MaxRows)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Gaps are filled by the neighbours among {MaxRows} of {rows.Length} training rows, drawn at random."));
            RandomSource.For(context.Seed, "rows to ask for missing values").Shuffle(rows.AsSpan());
            rows = [.. rows.Take(MaxRows).Order()];
        }

        double[] donors = [.. rows.SelectMany(row => numbers.Select(column => column[row]))];
        double[] means = [.. columns.Numbers.Select(name => WeightedNumbers.Of(table.Features[name], table.Weights).Mean())];
        return new NeighborImputation(Name, columns, new DonorRows(donors, table.Weights is null ? null : [.. rows.Select(row => table.Weights[row])], means), Neighbors, Vote, notes);
    }
}
