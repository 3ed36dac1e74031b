using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Tables;

/// <summary>A network for encoded rows: a learned table for each category column beside the numbers, and a body behind them.</summary>
internal sealed class TableNetwork : IDisposable
{
    private const int WidestEmbedding = 50;

    private readonly Parameter<float>[] tables;
    private readonly Layer body;

    /// <param name="recipe">Makes the body.</param>
    /// <param name="encoding">Of the rows that will come.</param>
    /// <param name="outputs">Raw scores of a row.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public TableNetwork(TableNetworkRecipe recipe, TableEncoding encoding, int outputs, RandomSource? random)
    {
        tables = [.. encoding.TableRows.Select((rows, c) => Table(c, rows, random))];
        body = recipe.Body(encoding.NumberCount + tables.Sum(table => table.Shape[1]), outputs, random);
        Parameters = [.. tables, .. body.Parameters];
        Memories = [.. body.Memories];
    }

    public IReadOnlyList<Parameter<float>> Parameters { get; }

    public IReadOnlyList<Parameter<float>> Memories { get; }

    /// <summary>All that a model file holds of it.</summary>
    public IEnumerable<Parameter<float>> State => Parameters.Concat(Memories);

    /// <summary>Raw scores [rows, outputs].</summary>
    public Variable<float> Apply(TableBatch batch, Pass pass)
    {
        int numbers = batch.NumberCount;
        Span<Variable<float>> parts = new Variable<float>[tables.Length + (numbers > 0 ? 1 : 0)];
        for (int c = 0; c < tables.Length; c++)
        {
            parts[c] = pass.Tape.Gather(pass.Tape.Use(tables[c]), batch.Codes(c));
        }

        if (numbers > 0)
        {
            parts[^1] = pass.Tape.Constant(batch.Numbers, new Shape(batch.Count, numbers));
        }

        return body.Apply(parts.Length == 1 ? parts[0] : pass.Tape.Join(parts), pass);
    }

    public void Dispose()
    {
        foreach (Parameter<float> table in tables)
        {
            table.Dispose();
        }

        body.Dispose();
    }

    /// <summary>Width by a rule of thumb (fastai): 1.6 times the levels to the power of 0.56. Starts as small normal numbers.</summary>
    private static Parameter<float> Table(int column, int rows, RandomSource? random)
    {
        int width = Math.Clamp((int)Math.Round(1.6 * Math.Pow(rows, 0.56)), 1, WidestEmbedding);
        var table = new Parameter<float>($"categories.{column}.weight", new Shape(rows, width));
        if (random is not null)
        {
            foreach (ref float value in table.Values)
            {
                value = (float)(0.1 * random.NextGaussian());
            }
        }

        return table;
    }
}
