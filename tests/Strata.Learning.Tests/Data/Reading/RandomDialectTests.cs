using System.Buffers;
using System.Globalization;
using System.Text;
using Shouldly;
using Strata.Learning.Data.Reading;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

/// <summary>Random tables, written in random dialects, read back to what they were.</summary>
public sealed class RandomDialectTests
{
    private static readonly string[] Words = ["red", "blue, dark", "say \"no\"", "two\nlines", "a;b|c\td", "Köln", " padded ", "5\" pipe", "x", "'quoted'", "#hash", "a\r\nb"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_tables_in_random_dialects_read_back(ulong seed)
    {
        var random = new RandomSource(seed);
        for (int i = 0; i < 150; i++)
        {
            var table = new RandomTable(random);
            byte[] bytes = table.Write(out string dialect);
            var options = new TableReadOptions { Threads = 1 + random.NextInt(3), LeastChunkBytes = 1 + random.NextInt(300) };
            TableReading reading = Texts.Read(bytes, options);
            string about = $"seed {seed}, table {i}: {dialect}\n{Encoding.UTF8.GetString(bytes)}\n{string.Join('\n', reading.Notes)}";
            reading.Frame.Names.ShouldBe(table.Names, about);
            for (int column = 0; column < table.Names.Length; column++)
            {
                reading.Frame.Columns[column].Cells().ShouldBe(table.Cells[column], about);
            }
        }
    }

    private sealed class RandomTable
    {
        private static readonly SearchValues<char> Special = SearchValues.Create(",;\t|\"\r\n");
        private readonly RandomSource random;
        private readonly int rowCount;

        public RandomTable(RandomSource random)
        {
            this.random = random;
            rowCount = 2 + random.NextInt(40);
            int width = 2 + random.NextInt(6);
            Names = [.. Enumerable.Range(0, width).Select(i => random.NextInt(4) == 0 ? $"{Words[random.NextInt(Words.Length)].Trim()} {i}" : $"column {i}")];
            Cells = [.. Enumerable.Range(0, width).Select(_ => RandomColumn())];
            Cells[0] = [.. Enumerable.Range(0, rowCount).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        }

        public string[] Names { get; }

        public string?[][] Cells { get; }

        public byte[] Write(out string dialect)
        {
            char delimiter = ",;\t|"[random.NextInt(4)];
            string newline = random.NextInt(3) switch { 0 => "\r\n", 1 when !Cells.SelectMany(cells => cells).Concat(Names).Any(cell => cell?.Contains('\n') == true) => "\r", _ => "\n" };
            bool decimalComma = delimiter == ';' && random.NextInt(2) == 0;
            bool quoteAll = random.NextInt(4) == 0;
            string[] missing = random.NextInt(2) == 0 ? [""] : ["", "NA", "null", "NaN"];
            var text = new StringBuilder();
            for (int i = random.NextInt(3); i > 0; i--)
            {
                text.Append("# a comment, with \"anything; in it").Append(newline);
            }

            text.AppendJoin(delimiter, Names.Select(name => Field(name, quoteAll))).Append(newline);
            for (int row = 0; row < rowCount; row++)
            {
                text.AppendJoin(delimiter, Cells.Select(cells => cells[row] is string cell ? Field(IsNumber(cell) && decimalComma ? cell.Replace('.', ',') : cell, quoteAll) : missing[random.NextInt(missing.Length)]));
                text.Append(row < rowCount - 1 || random.NextInt(2) == 0 ? newline : "");
            }

            Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), Encoding.Latin1];
            Encoding encoding = encodings[random.NextInt(encodings.Length)];
            dialect = $"delimiter '{delimiter}' newline {newline.Replace("\r", "CR").Replace("\n", "LF")} decimal comma {decimalComma} quote all {quoteAll} {encoding.EncodingName}";
            return [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];

            string Field(string cell, bool quote) => quote || cell.AsSpan().ContainsAny(Special) || cell != cell.Trim() || cell.StartsWith('#') ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
        }

        private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

        private string?[] RandomColumn()
        {
            int kind = random.NextInt(5);
            double missingShare = random.NextInt(2) * 0.3;
            return [.. Enumerable.Range(0, rowCount).Select(row => row > 0 && random.NextDouble() < missingShare ? null : kind switch
            {
                0 => random.NextInt(2_000_000).ToString(CultureInfo.InvariantCulture),
                1 => (row == 0 ? 0.25 : random.NextGaussian() * Math.Pow(10, random.NextInt(30) - 15)).ToString("R", CultureInfo.InvariantCulture),
                2 => new DateTime(2000, 1, 1).AddDays(random.NextInt(9000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                3 => row == 0 ? "red" : Words[random.NextInt(Words.Length)],
                _ => row == 0 ? "true" : random.NextInt(2) == 0 ? "true" : "false",
            })];
        }
    }
}
