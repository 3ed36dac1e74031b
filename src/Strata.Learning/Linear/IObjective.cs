namespace Strata.Learning.Linear;

/// <summary>A smooth convex function to be minimised, with an estimate of its curvature.</summary>
internal interface IObjective
{
    int Size { get; }

    /// <summary>The value; the gradient is written to <paramref name="gradient"/>.</summary>
    double Evaluate(ReadOnlySpan<double> at, Span<double> gradient);

    /// <summary>Looks at the curvature around a point, for <see cref="Solve"/>.</summary>
    void EstimateCurvature(ReadOnlySpan<double> at);

    /// <summary>Replaces a vector by the estimated inverse Hessian times it.</summary>
    void Solve(Span<double> vector);
}
