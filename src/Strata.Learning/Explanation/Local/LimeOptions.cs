using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Local;

/// <summary>How rows near the explained one are made.</summary>
public enum LimePerturbation
{
    /// <summary>Each column gets the value of a random background row, and counts as kept where that is in the same quarter of the background's values, or the same level.</summary>
    Quartiles,

    /// <summary>Numbers are moved by normal noise of the background's deviation; other columns as in <see cref="Quartiles"/>.</summary>
    Gaussian,
}

/// <summary>How a prediction is explained by a linear model that holds near its row.</summary>
public sealed record LimeOptions
{
    /// <summary>Where values of near rows come from; null takes the explained rows themselves.</summary>
    public Frame? Background { get; init; }

    public LimePerturbation Perturbation { get; init; } = LimePerturbation.Quartiles;

    /// <summary>Rows near each explained one; at least 50.</summary>
    public int Samples { get; init; } = 2000;

    /// <summary>So many columns, or parts of an array, are in the linear model.</summary>
    public int MostTerms { get; init; } = 6;

    /// <summary>How far rows count as near, in units of the square root of the number of columns.</summary>
    public double KernelWidth { get; init; } = 0.75;

    /// <summary>How small the linear model's weights are held.</summary>
    public double Ridge { get; init; } = 1;

    /// <summary>A column of series or images whose parts are explained, all other columns staying as they are; null explains columns.</summary>
    public string? ArrayColumn { get; init; }

    /// <summary>Parts that a series is cut into, or each side of an image.</summary>
    public int Parts { get; init; } = 10;

    public ExplainedOutput Output { get; init; } = ExplainedOutput.Prediction;

    /// <summary>Threads, seed, cancellation, progress in rows.</summary>
    public FitContext Context { get; init; } = new();

    /// <exception cref="DataException">A setting is out of its range.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        Require(Samples is >= 50 and <= 1_000_000, $"Samples are {Samples}; expected 50 to 1000000.");
        Require(MostTerms >= 1, $"Terms are {MostTerms}; expected at least 1.");
        Require(KernelWidth > 0 && double.IsFinite(KernelWidth), $"The kernel's width is {KernelWidth}; expected a number above 0.");
        Require(Ridge > 0 && double.IsFinite(Ridge), $"The ridge is {Ridge}; expected a number above 0.");
        Require(Parts is >= 2 and <= 64, $"Parts are {Parts}; expected 2 to 64.");
        DataException.ThrowIfAny(problems);
    }
}
