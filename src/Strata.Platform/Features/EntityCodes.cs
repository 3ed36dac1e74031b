using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>Numbers entities from 0 in the order in which they are met. An entity is told by the text of its key columns, so that 7 of a number column is the "7" of a text column.</summary>
internal sealed class EntityCodes
{
    /// <summary>A row whose key is missing, or of an entity that is not known.</summary>
    public const int None = -1;

    private readonly KeyWords[] words;
    private readonly Dictionary<long, int>[] joined;

    public EntityCodes(int columns)
    {
        words = [.. Enumerable.Range(0, columns).Select(_ => new KeyWords())];
        joined = [.. Enumerable.Range(1, columns - 1).Select(_ => new Dictionary<long, int>())];
    }

    public int Count => joined.Length == 0 ? words[0].Count : joined[^1].Count;

    /// <summary>The number of each row's entity; one that is met for the first time gets the next.</summary>
    public int[] Add(IReadOnlyList<Column> keys) => Of(keys, adds: true);

    /// <summary>The number of each row's entity, where it has one.</summary>
    public int[] Find(IReadOnlyList<Column> keys) => Of(keys, adds: false);

    private int[] Of(IReadOnlyList<Column> keys, bool adds)
    {
        int[] codes = words[0].Of(keys[0], adds);
        for (int i = 1; i < keys.Count; i++)
        {
            int[] next = words[i].Of(keys[i], adds);
            for (int row = 0; row < codes.Length; row++)
            {
                codes[row] = codes[row] == None || next[row] == None ? None : Join(joined[i - 1], ((long)codes[row] << 32) | (uint)next[row], adds);
            }
        }

        return codes;
    }

    private static int Join(Dictionary<long, int> pairs, long pair, bool adds)
    {
        if (!pairs.TryGetValue(pair, out int code))
        {
            code = adds ? pairs[pair] = pairs.Count : None;
        }

        return code;
    }

    /// <summary>The different texts of one key column.</summary>
    private sealed class KeyWords
    {
        private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
        private readonly Dictionary<long, int> numbers = [];

        public int Count => texts.Count;

        public int[] Of(Column column, bool adds)
        {
            var codes = new int[column.Count];
            int[]? ofLevels = column is CategoryColumn category ? new int[category.Levels.Count] : null;
            ofLevels?.AsSpan().Fill(int.MinValue);
            for (int row = 0; row < codes.Length; row++)
            {
                codes[row] = column.IsMissing(row) ? None : column switch
                {
                    CategoryColumn levels => OfLevel(levels, levels.Codes[row], ofLevels!, adds),
                    Int64Column whole => OfNumber(whole.Values[row], column, row, adds),
                    _ => OfText(column.TextAt(row)!, adds),
                };
            }

            return codes;
        }

        /// <summary>Levels that no row has get no number.</summary>
        private int OfLevel(CategoryColumn column, int level, int[] ofLevels, bool adds) =>
            ofLevels[level] != int.MinValue ? ofLevels[level] : ofLevels[level] = OfText(column.Levels[level], adds);

        private int OfNumber(long number, Column column, int row, bool adds)
        {
            if (!numbers.TryGetValue(number, out int code))
            {
                code = OfText(column.TextAt(row)!, adds);
                if (code != None)
                {
                    numbers[number] = code;
                }
            }

            return code;
        }

        private int OfText(string text, bool adds)
        {
            if (!texts.TryGetValue(text, out int code))
            {
                code = adds ? texts[text] = texts.Count : None;
            }

            return code;
        }
    }
}
