using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Local;

/// <summary>One row with parts of one of its arrays replaced by the channels' means.</summary>
internal sealed class MaskedParts : Neighborhood
{
    private const long MostNumbers = 16L << 20;

    private readonly Frame rows;
    private readonly int row;
    private readonly ArrayColumn column;
    private readonly IReadOnlyList<CellRegion> parts;
    private readonly float[] baseline;

    public MaskedParts(Frame rows, int row, ArrayColumn column, IReadOnlyList<CellRegion> parts, float[] baseline, int samples, RandomSource random)
        : base(samples, parts.Count)
    {
        (this.rows, this.row, this.column, this.parts, this.baseline) = (rows, row, column, parts, baseline);
        for (int at = 0; at < Coordinates.Length; at++)
        {
            Coordinates[at] = at < Width || random.NextDouble() < 0.5 ? 1 : 0;
        }
    }

    public override int BatchRows => (int)Math.Clamp(MostNumbers / Math.Max(1, column.Values[row]?.Length ?? 1), 16, Samples);

    public override Frame Rows(int first, int count) => ArrayCells.With(rows, row, column, [.. Enumerable.Range(first, count).Select(Masked)]);

    public override LimeTerm Term(int term, double weight) => new(column.Name, parts[term].Words(column.Type), weight, parts[term]);

    private float[] Masked(int sample)
    {
        float[] cell = [.. column.Values[row]!];
        int width = CellRegion.SizeOf(column, row).Width;
        for (int part = 0; part < parts.Count; part++)
        {
            if (Coordinates[sample * Width + part] == 0)
            {
                parts[part].Fill(cell, width, baseline);
            }
        }

        return cell;
    }
}
