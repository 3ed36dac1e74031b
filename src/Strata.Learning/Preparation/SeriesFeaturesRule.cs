using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The numbers that describe the arrays of one column; without a description the column stays as it is.</summary>
public sealed record SeriesFeaturesRule(string Column, ArrayDescription? Description = null, int Channels = 0, IReadOnlyList<string>? Names = null) : IColumnRule
{
    public IReadOnlyList<string>? Names { get; } = Description is null || Names?.Count == Description.CountFor(Channels) ? Names : throw new ModelFileException($"Column '{Column}' is described by {Names?.Count ?? 0} numbers in the model file; expected {Description.CountFor(Channels)}.");

    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Description is null ? [Column] : Names ?? [];

    public IEnumerable<Column> Apply(Column column) => Apply(column, CancellationToken.None);

    public IEnumerable<Column> Apply(Column column, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Description is null || Names is null)
        {
            return [column];
        }

        if (column is not ArrayColumn arrays || arrays.Type != Description.Type || arrays.Channels.Count != Channels)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was of {Description.Type} with {Channels} channels when the step was fitted.");
        }

        double[][] values = [.. Names.Select(_ => new double[arrays.Count])];
        var of = new double[values.Length];
        for (int row = 0; row < arrays.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Fill(of, double.NaN);
            if (arrays.Values[row] is float[] cell)
            {
                Description.Describe(cell, Channels, arrays.Widths?[row] ?? 0, of);
            }

            for (int i = 0; i < of.Length; i++)
            {
                values[i][row] = double.IsFinite(of[i]) ? of[i] : double.NaN;
            }
        }

        return Names.Zip(values, (name, numbers) => new Float64Column(name, numbers));
    }
}
