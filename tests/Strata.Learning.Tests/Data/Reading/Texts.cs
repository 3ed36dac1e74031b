using System.Text;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

/// <summary>Tables written down in tests.</summary>
internal static class Texts
{
    public static TableReading Read(string text, TableReadOptions? options = null, string? fileName = null) => Read(Encoding.UTF8.GetBytes(text), options, fileName);

    public static TableReading Read(byte[] bytes, TableReadOptions? options = null, string? fileName = null)
    {
        using var stream = new MemoryStream(bytes);
        return TableFile.Read(stream, fileName, options, TestContext.Current.CancellationToken);
    }

    public static string?[] Cells(this Column column) => [.. Enumerable.Range(0, column.Count).Select(column.TextAt)];

    public static string?[] Cells(this TableReading reading, string column) => reading.Frame[column].Cells();

    public static string Why(this TableReading reading, string column) => reading.Columns.Single(inferred => inferred.Name == column).Why;
}
