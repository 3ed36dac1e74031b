using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Server.Deployments;

/// <summary>
/// Reads a JSON row straight into the numbers that a model wants, in one pass and without a table. It knows the plain case only: each feature once, of its own kind, no text that is not among the
/// levels; for all else it says no, and the general way, which makes the same numbers and explains itself, is taken.
/// </summary>
internal sealed class RowReader
{
    /// <summary>More features than these would be searched too long.</summary>
    private const int MostFeatures = 256;

    private const double LargestExactWhole = 1L << 53;

    private static readonly ConditionalWeakTable<RowPredictor, RowReader> Readers = [];

    private readonly RowPredictor predictor;
    private readonly SchemaColumn[] columns;
    private readonly byte[][] names;

    private RowReader(RowPredictor predictor)
    {
        this.predictor = predictor;
        columns = [.. predictor.Signature.Features.Columns];
        names = [.. columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
    }

    /// <summary>The reader of a model's rows, made once.</summary>
    public static RowReader For(RowPredictor predictor) => Readers.GetValue(predictor, known => new RowReader(known));

    /// <summary>False when the row is not a plain one, or no JSON object at all; the values are then of no use.</summary>
    /// <param name="row">A JSON object and nothing behind it.</param>
    /// <param name="values">Overwritten with a number a feature, NaN where missing.</param>
    public bool TryRead(ReadOnlySpan<byte> row, Span<double> values)
    {
        try
        {
            return columns.Length <= MostFeatures && TryReadObject(row, values);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool TryReadObject(ReadOnlySpan<byte> row, Span<double> values)
    {
        Span<bool> seen = stackalloc bool[MostFeatures];
        seen.Clear();
        var reader = new Utf8JsonReader(row);
        int next = 0, read = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int place = PlaceOf(ref reader, next);
            if (place < 0 || seen[place] || !reader.Read() || !TryRead(ref reader, columns[place], out values[place]))
            {
                return false;
            }

            (seen[place], next) = (true, place + 1);
            read++;
        }

        return read == columns.Length && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    /// <summary>Callers mostly keep the order of the features, so the one behind the last is looked at first.</summary>
    private int PlaceOf(ref Utf8JsonReader reader, int expected)
    {
        for (int i = 0; i < names.Length; i++)
        {
            int place = expected + i < names.Length ? expected + i : expected + i - names.Length;
            if (reader.ValueTextEquals(names[place]))
            {
                return place;
            }
        }

        return -1;
    }

    private bool TryRead(ref Utf8JsonReader reader, SchemaColumn column, out double value)
    {
        value = double.NaN;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number when column.Type is ColumnType.Float64 or ColumnType.Float32 or ColumnType.Int64:
                value = reader.GetDouble();
                bool isExact = column.Type != ColumnType.Int64 || Math.Abs(value) < LargestExactWhole;
                value = column.Type == ColumnType.Float32 ? (float)value : value;
                return double.IsFinite(value) && isExact;
            case JsonTokenType.True or JsonTokenType.False when column.Type == ColumnType.Boolean:
                value = reader.TokenType == JsonTokenType.True ? 1 : 0;
                return true;
            case JsonTokenType.String when column.Type == ColumnType.Category:
                value = predictor.NumberOf(column.Name, reader.GetString());
                return !double.IsNaN(value) && !IsUnseen(column, value, ref reader);
            default:
                return false;
        }
    }

    /// <summary>A text that counts as the level for unseen ones is told of in the notes, which the general way writes.</summary>
    private static bool IsUnseen(SchemaColumn column, double code, ref Utf8JsonReader reader) =>
        column.UnseenLevel is not null && column.Levels![(int)code] == column.UnseenLevel && !reader.ValueTextEquals(column.UnseenLevel);
}
