namespace Strata.Platform.Runs;

/// <summary>One row that a run was tested on.</summary>
/// <param name="Row">Its 0-based number in the dataset.</param>
/// <param name="Values">Its values as text in the order of the columns; null is missing.</param>
/// <param name="Truth">The class, or the number as text; empty where nothing is known.</param>
/// <param name="Prediction">What the model said.</param>
/// <param name="Probabilities">One a class; empty for numbers; the score for outliers; distance or probability for clusters.</param>
/// <param name="Loss">Log loss of the true class in nats, the squared error, an outlier's score, or the distance or probability of a cluster.</param>
public sealed record TestedRow(long Row, IReadOnlyList<string?> Values, string Truth, string Prediction, IReadOnlyList<double> Probabilities, double Loss);

/// <summary>Some of the rows that a run was tested on.</summary>
/// <param name="Columns">The names of the values.</param>
/// <param name="Classes">The names of the probabilities.</param>
/// <param name="Items">The rows.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record TestedRowPage(IReadOnlyList<string> Columns, IReadOnlyList<string> Classes, IReadOnlyList<TestedRow> Items, int Total);
