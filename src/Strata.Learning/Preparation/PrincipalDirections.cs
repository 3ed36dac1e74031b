namespace Strata.Learning.Preparation;

/// <summary>The directions in which the rows of a table vary most.</summary>
/// <param name="Values">Eigenvalues of the sums of products, falling: all of them, or the first.</param>
/// <param name="Vectors">One an eigenvalue, of length 1, the largest element positive.</param>
/// <param name="Means">Of each column; 0 where not centred.</param>
/// <param name="AllSquares">The sum of all eigenvalues.</param>
/// <param name="TotalWeight">Of the rows.</param>
internal sealed record PrincipalDirections(double[] Values, double[][] Vectors, double[] Means, double AllSquares, double TotalWeight);
