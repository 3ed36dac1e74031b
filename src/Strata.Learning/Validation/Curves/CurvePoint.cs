namespace Strata.Learning.Validation.Curves;

/// <summary>How good fits are at one place of a curve.</summary>
/// <param name="At">The number of training rows, or the value of the hyperparameter.</param>
/// <param name="Training">The metric on the rows learned from, by fold.</param>
/// <param name="Test">The metric on the fold's test rows, by fold.</param>
public sealed record CurvePoint(double At, double[] Training, double[] Test)
{
    public double MeanTraining => Training.Average();

    public double MeanTest => Test.Average();
}
