namespace Strata.Learning.Data.Reading;

/// <summary>Numbers whose digits before the decimal point stand in groups of three, such as 1,234,567.8.</summary>
internal static class GroupedNumber
{
    private const int GroupDigits = 3;

    public static bool TryParse(ReadOnlySpan<byte> text, byte separator, byte decimalPoint, out double value)
    {
        value = 0;
        int point = text.IndexOf(decimalPoint);
        if (!IsGrouped((point < 0 ? text : text[..point]).TrimStart("+-"u8), separator))
        {
            return false;
        }

        byte[] plain = [.. text.ToArray().Where(b => b != separator)];
        return DecimalText.Parse(plain, decimalPoint, out value, out _) is NumberKind.Whole or NumberKind.Real;
    }

    private static bool IsGrouped(ReadOnlySpan<byte> digits, byte separator)
    {
        int first = digits.IndexOf(separator);
        if (first is < 1 or > GroupDigits)
        {
            return false;
        }

        digits = digits[first..];
        while (digits.Length > GroupDigits && digits[0] == separator && !digits[1..(GroupDigits + 1)].Contains(separator))
        {
            digits = digits[(GroupDigits + 1)..];
        }

        return digits.IsEmpty;
    }
}
