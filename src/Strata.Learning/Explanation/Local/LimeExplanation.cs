namespace Strata.Learning.Explanation.Local;

/// <summary>One output of one row by a linear model that holds near it.</summary>
/// <param name="Row">0-based.</param>
/// <param name="Output">The target's name for one output, or the class.</param>
/// <param name="Prediction">What the model says.</param>
/// <param name="LocalPrediction">What the linear model says of the same row.</param>
/// <param name="Intercept">What the linear model says where no term holds.</param>
/// <param name="Fidelity">How well the linear model follows the model near the row: the weighted share of variance (R²), at most 1. With little fidelity the terms say little.</param>
/// <param name="Terms">The linear model, the largest weight first.</param>
public sealed record LimeExplanation(int Row, string Output, double Prediction, double LocalPrediction, double Intercept, double Fidelity, IReadOnlyList<LimeTerm> Terms);

/// <summary>One term of a local linear model.</summary>
/// <param name="Column">The column.</param>
/// <param name="Condition">What holds of the explained row: a quarter of the values, a level, a part of an array; for moved numbers the unit of the weight.</param>
/// <param name="Weight">By how much what is explained is larger where it holds, or for one such unit.</param>
/// <param name="Region">The part of an array; null for whole columns.</param>
public sealed record LimeTerm(string Column, string Condition, double Weight, CellRegion? Region = null);
