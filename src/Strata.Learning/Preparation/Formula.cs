using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>
/// An arithmetic formula over columns: numbers, column names (in square brackets where a name is not of letters, digits and underscores; a closing bracket
/// in a name is doubled), <c>+ - * / ^</c>, parentheses, and <c>log exp sqrt abs min max</c>; nothing else. Missing makes missing, and so does a result that
/// is no finite number.
/// </summary>
public sealed class Formula
{
    private const int RowsAtOnce = 1024;
    private readonly IReadOnlyList<FormulaOperation> operations;
    private readonly int depth;

    internal Formula(string text, IReadOnlyList<FormulaOperation> operations, IReadOnlyList<string> columns)
    {
        (Text, this.operations, Columns) = (text, operations, columns);
        int height = 0;
        foreach (FormulaOperation operation in operations)
        {
            height += 1 - operation.Pops;
            depth = Math.Max(depth, height);
        }
    }

    public string Text { get; }

    /// <summary>The columns it names, each once, in the order of their first mention.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <exception cref="DataException">The text is no formula; the message shows where.</exception>
    public static Formula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FormulaParser(text).Parse();
    }

    /// <summary>The column's name as it stands in a formula.</summary>
    public static string Quote(string column) => FormulaParser.IsPlainName(column) ? column : $"[{column.Replace("]", "]]", StringComparison.Ordinal)}]";

    /// <summary>The value a row, NaN where missing.</summary>
    /// <exception cref="DataException">A column is not there or not of numbers; all problems at once.</exception>
    public double[] Of(Frame rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[][] columns = NumberBlock.Of(rows, Columns.Count == 0 ? [] : NumberBlock.Chosen(rows, Columns));
        var result = new double[rows.RowCount];
        double[][] stack = [.. Enumerable.Range(0, depth).Select(_ => new double[Math.Min(RowsAtOnce, Math.Max(1, result.Length))])];
        for (int start = 0; start < result.Length; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, result.Length - start), top = 0;
            foreach (FormulaOperation operation in operations)
            {
                top = operation.Run(columns, start, count, stack, top);
            }

            for (int i = 0; i < count; i++)
            {
                double value = stack[0][i];
                result[start + i] = double.IsFinite(value) ? value : double.NaN;
            }
        }

        return result;
    }

    /// <summary>The values inside a graph: float64 [rows, 1], NaN where they are no finite numbers.</summary>
    internal OnnxValue Export(OnnxTable rows)
    {
        var stack = new Stack<OnnxValue>();
        foreach (FormulaOperation operation in operations)
        {
            OnnxValue[] taken = [.. Enumerable.Range(0, operation.Pops).Select(_ => stack.Pop()).Reverse()];
            stack.Push(operation.Export(rows, Columns, taken));
        }

        // Less itself, a number is 0, and what is not finite is missing.
        OnnxValue result = stack.Pop();
        return result + (result - result);
    }

    public override string ToString() => Text;
}
