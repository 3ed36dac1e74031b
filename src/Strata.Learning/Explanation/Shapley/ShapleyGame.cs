namespace Strata.Learning.Explanation.Shapley;

/// <summary>What is known of an explanation before any mixture is predicted.</summary>
/// <param name="Players">How many share.</param>
/// <param name="Outputs">How many numbers of the model are explained.</param>
/// <param name="Background">What the model says of the background rows, [rows, outputs].</param>
/// <param name="Rows">What it says of the explained rows, [rows, outputs].</param>
internal sealed record ShapleyGame(int Players, int Outputs, double[] Background, double[] Rows)
{
    public int BackgroundCount { get; } = Background.Length / Outputs;

    /// <summary>By output: the mean over the background.</summary>
    public double[] Bias { get; } = [.. Enumerable.Range(0, Outputs).Select(output => Background.Where((_, at) => at % Outputs == output).Average())];

    /// <summary>What the players share of one row.</summary>
    public double Gain(int row, int output) => Rows[row * Outputs + output] - Bias[output];

    /// <summary>What they would share were there only one background row.</summary>
    public double Gain(int row, int output, int other) => Rows[row * Outputs + output] - Background[other * Outputs + output];
}

/// <summary>A way to Shapley values: which mixtures it asks for, and what it makes of the answers.</summary>
internal interface IShapleyMethod
{
    /// <summary>Mixtures of one explained row.</summary>
    int Mixtures { get; }

    /// <summary>Whether nothing is left to chance.</summary>
    bool IsExact { get; }

    MixturePlan Plan(int row);

    /// <summary>Shapley values of one row.</summary>
    /// <param name="plan">What was asked for.</param>
    /// <param name="scores">The answers, [mixtures, outputs].</param>
    /// <param name="values">Set, [outputs, players].</param>
    /// <param name="errors">Set to standard errors, [outputs, players].</param>
    void Solve(MixturePlan plan, ReadOnlySpan<double> scores, Span<double> values, Span<double> errors);
}
