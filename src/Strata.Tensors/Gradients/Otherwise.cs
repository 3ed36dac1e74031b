using System.Runtime.CompilerServices;

namespace Strata.Tensors.Gradients;

/// <summary>What is wrong when something does not hold; written only then, so that checks in a step cost nothing.</summary>
[InterpolatedStringHandler]
internal ref struct Otherwise
{
    private DefaultInterpolatedStringHandler text;

    public Otherwise(int literalLength, int formattedCount, bool holds, out bool isWritten)
    {
        isWritten = !holds;
        text = holds ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount);
    }

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<TValue>(TValue value) => text.AppendFormatted(value);

    public override string ToString() => text.ToStringAndClear();
}
