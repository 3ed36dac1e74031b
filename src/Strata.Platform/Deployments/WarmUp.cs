using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>Lets a model predict before it gets traffic, so that the first callers wait for nothing, and a model that cannot predict never gets any.</summary>
internal static class WarmUp
{
    public const int RowCount = 32;

    private const int SingleRows = 40;

    /// <exception cref="DataException">The model fails on rows that it was tested on.</exception>
    public static void Run(ServedModel served, Frame? rows)
    {
        try
        {
            Frame known = rows ?? EmptyRow(served.Model.Signature);
            served.Model.Predict(known, 1);
            for (int i = 0; i < SingleRows; i++)
            {
                served.Model.Predict(known.Take([i % known.RowCount]), 1);
            }
        }
        catch (DataException e) when (rows is null)
        {
            // A model may refuse a row without values; nothing else is known that it would take.
            _ = e;
        }
        catch (DataException e)
        {
            throw new DataException($"Model '{served.Stored.Name}' version {served.Stored.Version} cannot predict the rows that it was tested on: {e.Message}", e);
        }
    }

    private static Frame EmptyRow(ModelSignature signature) => new(signature.Features.Columns
        .Where(column => !column.Type.IsArray())
        .Select(column => ColumnConversion.AllMissing(column.Name, 1, column.Type)));
}
