using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class DamagedTextTests
{
    private static readonly byte[] Telling = Encoding.UTF8.GetBytes(",,\"\"\n\n\r;\t|#'.-+eE0123456789naNA{}[]: é\0");

    /// <summary>Whatever the bytes, the answer is a table or an error about the data.</summary>
    [Theory]
    [InlineData(1, "table.csv")]
    [InlineData(2, "table.csv")]
    [InlineData(3, "table.jsonl")]
    public void Damaged_text_is_read_or_refused(ulong seed, string name)
    {
        var random = new RandomSource(seed);
        byte[] whole = Encoding.UTF8.GetBytes(name.EndsWith("csv", StringComparison.Ordinal)
            ? "# COLUMN a: A\nid,a,\"b \"\"x\"\"\",day,flag\n1,0.1234567890123456789,\"text, with \"\"quotes\"\"\nand lines\",2024-01-02,yes\n2,-1.5e-300,plain,2024-01-03,no\n3,,é,,\n"
            : "{\"id\": 1, \"a\": 0.5, \"b\": \"x\\ny\"}\n{\"id\": 2, \"c\": {\"d\": [1]}, \"b\": null}\n");
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. whole];
            for (int j = 1 + random.NextInt(6); j > 0; j--)
            {
                damaged[random.NextInt(damaged.Length)] = Telling[random.NextInt(Telling.Length)];
            }

            Array.Resize(ref damaged, 1 + random.NextInt(damaged.Length));
            try
            {
                Frame frame = Texts.Read(damaged, new TableReadOptions { Threads = 1, LeastChunkBytes = 1 + random.NextInt(40), Quotes = random.NextInt(8) > 0 }, name).Frame;
                frame.RowCount.ShouldBeGreaterThan(0);
                read++;
            }
            catch (DataException e)
            {
                e.Message.ShouldNotBeNullOrEmpty();
            }
        }

        read.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Random_bytes_are_read_or_refused()
    {
        var random = new RandomSource(5);
        for (int i = 0; i < 2000; i++)
        {
            var bytes = new byte[1 + random.NextInt(300)];
            foreach (ref byte b in bytes.AsSpan())
            {
                b = random.NextInt(3) == 0 ? (byte)random.NextInt(256) : Telling[random.NextInt(Telling.Length - 1)];
            }

            try
            {
                Texts.Read(bytes, new TableReadOptions { Threads = 1, LeastChunkBytes = 8 }).Frame.RowCount.ShouldBeGreaterThan(0);
            }
            catch (DataException e)
            {
                e.Message.ShouldNotBeNullOrEmpty();
            }
        }
    }
}
