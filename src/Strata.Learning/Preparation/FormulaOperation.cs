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
