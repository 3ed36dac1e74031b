using System.Globalization;
using System.Text;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>One <c>key=value</c> line of a LightGBM model; everything asked of it is checked, and what is wrong is told with the line.</summary>
/// <param name="Key">Before the first equals sign.</param>
/// <param name="Value">After it; empty for a line that is only a key.</param>
/// <param name="LineNumber">1-based.</param>
internal sealed record LightgbmLine(string Key, string Value, int LineNumber)
{
    /// <summary>For messages.</summary>
    public string Place => $"Line {LineNumber} ({Key})";

    public int Whole(int least, int most) => int.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
        ? value
        : throw Unexpected($"a whole number from {least} to {most}");

    public string[] Words() => Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public int[] Wholes(int count) => Values<int>(count, "a whole number", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null);

    public uint[] Bits(int count) => Values<uint>(count, "a whole number of 32 bits", text => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : null);

    /// <summary>Numbers; infinite ones come as the largest there is.</summary>
    public double[] Numbers(int count) => Values<double>(count, "a number", text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value) ? value
        : text is "inf" or "-inf" ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
        : null);

    /// <summary>Numbers that only describe the model; what is no number is 0.</summary>
    public double[] Descriptions(int count) => Values<double>(count, "a number", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : 0);

    public ModelFileException Unexpected(string expectation) => new($"{Place} is '{(Value.Length > 60 ? Value[..60] + "…" : Value)}'; expected {expectation}.");

    private delegate T? Parser<T>(ReadOnlySpan<char> text)
        where T : struct;

    private T[] Values<T>(int count, string expectation, Parser<T> parse)
        where T : struct
    {
        var values = new List<T>(Math.Min(count, Value.Length / 2 + 1));
        ReadOnlySpan<char> text = Value;
        foreach (Range range in text.Split(' '))
        {
            ReadOnlySpan<char> word = text[range].Trim();
            if (!word.IsEmpty)
            {
                values.Add(parse(word) ?? throw new ModelFileException($"{Place} has '{word[..Math.Min(word.Length, 40)]}' as value {values.Count + 1}; expected {expectation}."));
            }
        }

        return values.Count == count ? [.. values] : throw new ModelFileException($"{Place} has {values.Count} values; expected {count}.");
    }
}

/// <summary>The lines of one part of a LightGBM model: its head, or one tree.</summary>
internal sealed class LightgbmLines(string name, int lineNumber)
{
    private readonly Dictionary<string, LightgbmLine> lines = new(StringComparer.Ordinal);

    /// <summary>For messages.</summary>
    public string Place { get; } = $"{name} (line {lineNumber})";

    public LightgbmLine this[string key] => Find(key) ?? throw new ModelFileException($"{Place} has no '{key}='.");

    public LightgbmLine? Find(string key) => lines.GetValueOrDefault(key);

    public void Add(LightgbmLine line) => lines[line.Key] = line;
}

/// <summary>A LightGBM text model cut into its parts.</summary>
internal sealed class LightgbmText
{
    private LightgbmText(LightgbmLines head) => Head = head;

    public LightgbmLines Head { get; }

    public List<LightgbmLines> Trees { get; } = [];

    /// <summary>The JSON after <c>pandas_categorical:</c>, or null.</summary>
    public LightgbmLine? PandasCategorical { get; private set; }

    /// <exception cref="ModelFileException">The text ends before its trees do.</exception>
    public static LightgbmText Parse(ReadOnlySpan<byte> bytes)
    {
        string all = Decode(bytes);
        var text = new LightgbmText(new LightgbmLines("The head", 1));
        LightgbmLines part = text.Head;
        bool ended = false;
        int number = 0;
        foreach (ReadOnlySpan<char> raw in all.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = raw.Trim();
            if (ended)
            {
                const string Categories = "pandas_categorical:";
                if (line.StartsWith(Categories, StringComparison.Ordinal))
                {
                    text.PandasCategorical = new LightgbmLine("pandas_categorical", line[Categories.Length..].ToString(), number);
                }
            }
            else if (line is "end of trees")
            {
                ended = true;
            }
            else if (line.StartsWith("Tree=", StringComparison.Ordinal))
            {
                text.Trees.Add(part = new LightgbmLines($"Tree {text.Trees.Count}", number));
            }
            else if (!line.IsEmpty)
            {
                int equals = line.IndexOf('=');
                part.Add(equals < 0 ? new LightgbmLine(line.ToString(), string.Empty, number) : new LightgbmLine(line[..equals].ToString(), line[(equals + 1)..].ToString(), number));
            }
        }

        int declared = text.Head.Find("tree_sizes")?.Words().Length ?? text.Trees.Count;
        return ended && declared == text.Trees.Count
            ? text
            : throw new ModelFileException($"The file is cut off or damaged: it {(ended ? "has" : "ends within")} tree {text.Trees.Count}{(ended ? " as its last" : string.Empty)}, and its head announces {declared}.");
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException e)
        {
            throw new ModelFileException("This is no text in UTF-8, as a LightGBM model is.", e);
        }
    }
}
