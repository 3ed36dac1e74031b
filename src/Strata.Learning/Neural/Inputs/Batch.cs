using Strata.Learning.Neural.Tables;
using Strata.Tensors;

namespace Strata.Learning.Neural.Inputs;

/// <summary>Some encoded rows, gathered into memory that is used again for each batch.</summary>
internal sealed class Batch
{
    private readonly ArrayBatch[] arrays;
    private readonly int[] measured;

    /// <param name="like">What rows will come from.</param>
    /// <param name="most">Rows of the largest batch.</param>
    public Batch(EncodedRows like, int most)
    {
        Table = like.Table is null ? null : new TableBatch(like.Table, most);
        arrays = [.. like.Arrays.Select(_ => new ArrayBatch(most))];
        measured = [.. like.Encoding.Arrays.Select(array => array.Channels)];
    }

    public int Count { get; private set; }

    /// <summary>The table's part; null for none.</summary>
    public TableBatch? Table { get; }

    /// <summary>By array column.</summary>
    public IReadOnlyList<ArrayBatch> Arrays => arrays;

    /// <summary>How many parts there are, the table being the last.</summary>
    public int PartCount => arrays.Length + (Table is null ? 0 : 1);

    /// <summary>How many of an array part's channels are measured numbers; those behind them tell of gaps.</summary>
    public int Measured(int part) => measured[part];

    /// <summary>For each row whether a part is missing.</summary>
    public Span<bool> Absent(int part) => part < arrays.Length ? arrays[part].Absent : Table!.Absent;

    /// <summary>Gathers rows.</summary>
    /// <param name="from">All rows.</param>
    /// <param name="rows">Which.</param>
    /// <param name="random">The chance of a training; null while predicting.</param>
    public void Fill(EncodedRows from, ReadOnlySpan<int> rows, RandomSource? random)
    {
        Count = rows.Length;
        for (int i = 0; i < arrays.Length; i++)
        {
            from.Encoding.Arrays[i].Fill(from.Arrays[i], rows, arrays[i], random);
        }

        Table?.Fill(from.Table!, rows);
        if (from.Without is int part)
        {
            Absent(part).Fill(true);
        }
    }

    /// <summary>Mixes each row with another one.</summary>
    /// <param name="partners">The other of each row.</param>
    /// <param name="share">Of the row's own numbers; categories, which cannot be mixed, stay by this chance.</param>
    /// <param name="random">Where chance comes from.</param>
    public void Mix(ReadOnlySpan<int> partners, float share, RandomSource random)
    {
        foreach (ArrayBatch array in arrays)
        {
            array.Mix(partners, share);
        }

        Table?.Mix(partners, share, random);
    }

    /// <summary>Treats parts as missing by chance, but never all of a row.</summary>
    /// <param name="rate">The chance of each part of each row.</param>
    /// <param name="random">Where it comes from.</param>
    public void LeaveOut(double rate, RandomSource random)
    {
        for (int row = 0; row < Count; row++)
        {
            int spared = random.NextInt(PartCount), left = 0;
            for (int part = 0; part < PartCount; part++)
            {
                left += Absent(part)[row] ? 0 : 1;
            }

            for (int part = 0; part < PartCount; part++)
            {
                bool isLeftOut = random.NextDouble() < rate;
                if (isLeftOut && part != spared && left > 1 && !Absent(part)[row])
                {
                    Absent(part)[row] = true;
                    left--;
                }
            }
        }
    }
}
