namespace Strata.Learning.Vectors;

/// <summary>
/// The dual problem of support vector machines, in signed coefficients: minimise βᵀKβ / 2 - tᵀβ + ε |β|_1 where β sums to zero and each lies in its range. For
/// two classes t is the class, 1 or -1, β ranges from 0 to ±C, ε is 0; for numbers t is the target and β ranges from -C to C.
/// </summary>
/// <param name="Points">Row-major [rows, features].</param>
/// <param name="FeatureCount">Columns.</param>
/// <param name="Targets">t.</param>
/// <param name="Low">Smallest β, one a row.</param>
/// <param name="High">Largest β, one a row.</param>
/// <param name="Epsilon">Half the width of the tube in which errors cost nothing.</param>
internal sealed record MarginProblem(double[] Points, int FeatureCount, double[] Targets, double[] Low, double[] High, double Epsilon)
{
    public int RowCount => Targets.Length;
}

/// <summary>What the rows of a problem came to.</summary>
/// <param name="Coefficients">β, one a row; 0 for rows that are no support vectors.</param>
/// <param name="Intercept">Added to the sum of β times kernel.</param>
/// <param name="Objective">The value of the dual problem.</param>
/// <param name="Iterations">Pairs changed.</param>
/// <param name="Violation">By how much the conditions of the optimum are missed at most.</param>
/// <param name="Residuals">t - Kβ, one a row; empty where there was nothing to solve.</param>
internal sealed record MarginSolution(double[] Coefficients, double Intercept, double Objective, int Iterations, double Violation, double[] Residuals);
