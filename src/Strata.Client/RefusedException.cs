using Strata.Client.Contracts;

namespace Strata.Client;

/// <summary>The server refused a request; the problem says why.</summary>
public sealed class RefusedException(Problem problem) : Exception(problem.Problems.Count > 0 ? string.Join(Environment.NewLine, problem.Problems) : problem.Detail)
{
    public Problem Problem { get; } = problem;
}
