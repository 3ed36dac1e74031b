using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>One operation on a stack of blocks of rows: a number or a column is pushed, or the topmost values give way to a result.</summary>
internal sealed record FormulaOperation(FormulaOperator Operator, double Number = 0, int Column = 0)
{
    public int Pops => Operator switch
    {
        FormulaOperator.Number or FormulaOperator.Column => 0,
        FormulaOperator.Negate or FormulaOperator.Log or FormulaOperator.Exp or FormulaOperator.Sqrt or FormulaOperator.Abs => 1,
        _ => 2,
    };

    /// <returns>The new height of the stack.</returns>
    public int Run(double[][] columns, int start, int count, double[][] stack, int height)
    {
        int at = height - Pops;
        Span<double> x = stack[at].AsSpan(0, count);
        switch (Operator)
        {
            case FormulaOperator.Number:
                x.Fill(Number);
                break;
            case FormulaOperator.Column:
                columns[Column].AsSpan(start, count).CopyTo(x);
                break;
            default:
                ReadOnlySpan<double> y = Pops == 2 ? stack[at + 1].AsSpan(0, count) : x;
                for (int i = 0; i < x.Length; i++)
                {
                    x[i] = Value(x[i], y[i]);
                }

                break;
        }

        return at + 1;
    }

    /// <summary>The same inside a graph.</summary>
    /// <param name="rows">The columns.</param>
    /// <param name="names">Of the columns by their places.</param>
    /// <param name="taken">What it takes from the stack.</param>
    public OnnxValue Export(OnnxTable rows, IReadOnlyList<string> names, OnnxValue[] taken) => Operator switch
    {
        FormulaOperator.Number => rows.Graph.Number(OnnxElement.Double, Number),
        FormulaOperator.Column => rows[names[Column]],
        FormulaOperator.Negate => -taken[0],
        FormulaOperator.Add => taken[0] + taken[1],
        FormulaOperator.Subtract => taken[0] - taken[1],
        FormulaOperator.Multiply => taken[0] * taken[1],
        FormulaOperator.Divide => taken[0] / taken[1],
        // Missing makes missing: what is added is 0 or missing.
        FormulaOperator.Power => taken[0].To("Pow", taken[1]) + (taken[0] - taken[0]) + (taken[1] - taken[1]),
        FormulaOperator.Min => taken[0].To("Less", OnnxElement.Bool, taken[1]).Choose(taken[0], taken[1]) + (taken[0] - taken[0]),
        FormulaOperator.Max => taken[0].To("Greater", OnnxElement.Bool, taken[1]).Choose(taken[0], taken[1]) + (taken[0] - taken[0]),
        _ => taken[0].To(Operator.ToString()),
    };

    private double Value(double x, double y) => Operator switch
    {
        FormulaOperator.Negate => -x,
        FormulaOperator.Log => Math.Log(x),
        FormulaOperator.Exp => Math.Exp(x),
        FormulaOperator.Sqrt => Math.Sqrt(x),
        FormulaOperator.Abs => Math.Abs(x),
        FormulaOperator.Add => x + y,
        FormulaOperator.Subtract => x - y,
        FormulaOperator.Multiply => x * y,
        FormulaOperator.Divide => x / y,
        // Math.Pow(NaN, 0) and Math.Pow(1, NaN) are 1; missing makes missing here.
        FormulaOperator.Power => double.IsNaN(x) || double.IsNaN(y) ? double.NaN : Math.Pow(x, y),
        FormulaOperator.Min => Math.Min(x, y),
        _ => Math.Max(x, y),
    };
}

/// <summary>What a formula can do.</summary>
internal enum FormulaOperator
{
    Number,
    Column,
    Negate,
    Log,
    Exp,
    Sqrt,
    Abs,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
}
