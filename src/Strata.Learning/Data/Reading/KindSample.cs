namespace Strata.Learning.Data.Reading;

/// <summary>What the fields of some rows are, column by column.</summary>
internal sealed class KindSample(int columnCount, byte decimalPoint, MissingTexts missingTexts)
{
    private readonly bool[] whole = new bool[columnCount];
    private readonly bool[] padded = new bool[columnCount];
    private readonly bool[] real = new bool[columnCount];
    private readonly bool[] text = new bool[columnCount];

    public void Add(List<Field> record)
    {
        for (int column = 0; column < columnCount && column < record.Count; column++)
        {
            ReadOnlySpan<byte> field = record[column].Raw;
            if (field.IsEmpty)
            {
                continue;
            }

            switch (DecimalText.Parse(field, decimalPoint, out _, out _))
            {
                case NumberKind.Whole:
                    whole[column] = true;
                    break;
                case NumberKind.PaddedWhole:
                    padded[column] = true;
                    break;
                case NumberKind.Real:
                    real[column] = true;
                    break;
                case NumberKind.NotANumber:
                    text[column] |= !missingTexts.Contains(field);
                    break;
            }
        }
    }

    /// <summary>The kind to try first; for columns without values whole numbers, which lose nothing.</summary>
    public FieldKind[] Kinds()
    {
        var kinds = new FieldKind[columnCount];
        for (int i = 0; i < columnCount; i++)
        {
            kinds[i] = text[i] || (padded[i] && !real[i]) ? FieldKind.Text : real[i] ? FieldKind.Real : FieldKind.Whole;
        }

        return kinds;
    }
}
