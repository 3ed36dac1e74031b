using System.Globalization;

namespace Strata.Learning.Linear;

/// <summary>How an iterative solver ended.</summary>
/// <param name="Converged">Whether the stopping rule was met.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Notes">Empty, or what a person should know.</param>
internal sealed record SolverEnding(bool Converged, int Iterations, IReadOnlyList<string> Notes)
{
    /// <summary>Of a solution in closed form.</summary>
    public static SolverEnding Exact { get; } = new(true, 0, []);

    /// <param name="title">Of the algorithm.</param>
    /// <param name="converged">Whether the stopping rule was met; if not, a note says so.</param>
    /// <param name="iterations">Steps taken.</param>
    /// <param name="measure">What the rule looks at, such as <c>the duality gap</c>.</param>
    /// <param name="reached">Its value at the end.</param>
    /// <param name="tolerance">What it should have come down to.</param>
    public static SolverEnding Of(string title, bool converged, int iterations, string measure, double reached, double tolerance) => new(converged, iterations, converged
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{title} stopped after {iterations} steps before it converged: {measure} is {reached:0.0e0}, the tolerance {tolerance:0.0e0}. Scale the columns, allow more steps or ask for less.")]);
}
