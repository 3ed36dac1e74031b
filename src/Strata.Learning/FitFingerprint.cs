using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning;

/// <summary>
/// A hash of all that a model's bits depend on: recipe, rows, seed and the build of the program. A checkpoint of another fit has another one. Threads and watched rows are not
/// among that.
/// </summary>
internal sealed class FitFingerprint : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="recipe">The recipe with all that it is set by, written as JSON.</param>
    /// <param name="table">The rows to learn from.</param>
    /// <param name="context">Its seed and the rows to stop by.</param>
    public FitFingerprint(object recipe, TrainingTable table, FitContext context)
    {
        hash.AppendData(typeof(FitFingerprint).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(recipe, ModelFileJson.Options));
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, context.Seed);
        hash.AppendData(seed);
        Append(table);
        Append(context.Validation);
    }

    public void Append<T>(T[] values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes<T>(values));

    /// <summary>The hash of all that was appended.</summary>
    public byte[] End() => hash.GetHashAndReset();

    public void Dispose() => hash.Dispose();

    private void Append(TrainingTable? table)
    {
        Append([table?.RowCount ?? -1]);
        if (table is null)
        {
            return;
        }

        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(ModelSignature.Of(table), ModelFileJson.Options));
        Append(table.Target is ClassTarget classes ? classes.Codes : []);
        Append(table.Target is NumberTarget numbers ? numbers.Values : []);
        Append(table.Weights ?? []);
        Append(table.Groups ?? []);
        Append(table.Times ?? []);
        var values = new double[table.RowCount];
        foreach (Column column in table.Features.Columns.Where(column => column.Type != ColumnType.Text))
        {
            if (column is ArrayColumn arrays)
            {
                Append([.. arrays.Values.Select(cell => cell?.Length ?? -1)]);
                Append(arrays.Widths ?? []);
                Array.ForEach(arrays.Values, cell => Append(cell ?? []));
                continue;
            }

            column.CopyNumbers(values);
            Append(values);
        }
    }
}
