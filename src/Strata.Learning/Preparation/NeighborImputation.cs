using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>Fills missing numbers by what the nearest training rows have.</summary>
internal sealed class NeighborImputation(string name, GapColumns columns, DonorRows donors, int neighbors, NeighborVote vote, IReadOnlyList<string> notes) : IFittedStep
{
    private const int BlockRows = 64;

    public string Name { get; } = name;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; } = columns.Origins;

    public bool DependsOnOriginsOnly => false;

    public IReadOnlyList<string> Notes { get; } = notes;

    public Frame Apply(Frame rows) => Apply(rows, new ParallelOptions { MaxDegreeOfParallelism = 1 });

    public Frame Apply(Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Apply(rows, context.ParallelOptions);
    }

    private Frame Apply(Frame rows, ParallelOptions threads)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[][] numbers = columns.Read(rows);
        Parallel.For(0, (rows.RowCount + BlockRows - 1) / BlockRows, threads, block => Fill(numbers, block * BlockRows, Math.Min(rows.RowCount, (block + 1) * BlockRows), threads.CancellationToken));
        return columns.Filled(rows, numbers);
    }

    private void Fill(double[][] numbers, int start, int end, CancellationToken cancellation)
    {
        double[] row = new double[numbers.Length], distances = new double[donors.RowCount];
        for (int i = start; i < end; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool complete = true;
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = numbers[j][i];
                complete &= !double.IsNaN(row[j]);
            }

            if (complete)
            {
                continue;
            }

            donors.Distances(row, distances);
            for (int j = 0; j < row.Length; j++)
            {
                numbers[j][i] = double.IsNaN(row[j]) ? donors.Mean(j, distances, neighbors, vote) : row[j];
            }
        }
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        columns.Write(writer);
        writer.Set("neighbors", neighbors);
        writer.Set("vote", vote);
        writer.Set("notes", Notes);
        writer.Tensor("donors", donors.Values, donors.RowCount, donors.ColumnCount);
        writer.Tensor("means", donors.Means, donors.ColumnCount);
        if (donors.Weights is not null)
        {
            writer.Tensor("weights", donors.Weights, donors.RowCount);
        }
    }

    public static NeighborImputation Read(string name, ModelReader reader)
    {
        GapColumns columns = GapColumns.Read(reader);
        int width = columns.Numbers.Count;
        double[] values = reader.Tensor<double>("donors", -1, width);
        int neighbors = reader.Get<int>("neighbors") is > 0 and int asked ? asked : throw new ModelFileException($"Step '{name}' in the model file asks no neighbours.");
        double[]? weights = reader.HasTensor("weights") ? reader.Tensor<double>("weights", values.Length / width) : null;
        return new NeighborImputation(name, columns, new DonorRows(values, weights, reader.Tensor<double>("means", width)), neighbors, reader.Get<NeighborVote>("vote"), reader.Items<string>("notes"));
    }
}
