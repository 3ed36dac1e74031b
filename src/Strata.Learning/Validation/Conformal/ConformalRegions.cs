using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Validation.Conformal;

/// <summary>
/// Intervals and sets from one or several models and the errors each made on rows that it had not seen. A number's interval reaches from the low quantile of
/// <c>prediction - error</c> to the high one of <c>prediction + error</c> over all models' errors; a class is in a row's set unless it is stranger there than to too many
/// rows that are of it (class-conditional: each class is covered in the stated share).
/// </summary>
internal sealed class ConformalRegions
{
    private const int Bisections = 60;
    private readonly PipelineModel[] members;
    private readonly OrderedErrors[][] errors;

    /// <param name="level">The share of rows to be covered.</param>
    /// <param name="members">Models; of quantile regression two, for the lower and the upper end; none where the model whose regions these are predicts itself.</param>
    /// <param name="errors">For numbers one list a member, or one of the model itself (of quantiles one in all); for classes one a member and class.</param>
    /// <param name="isQuantiles">Whether the members predict lower and upper ends.</param>
    public ConformalRegions(double level, PipelineModel[] members, OrderedErrors[][] errors, bool isQuantiles) =>
        (Level, this.members, this.errors, IsQuantiles) = (level, members, errors, isQuantiles);

    public double Level { get; }

    private bool IsQuantiles { get; }

    /// <param name="rows">Which to predict.</param>
    /// <param name="threads">How many predict.</param>
    /// <param name="own">What the model whose regions these are predicts for them.</param>
    public PredictedRegions Of(Frame rows, int threads, Predictions own)
    {
        Predictions[] predicted = [.. members.Select(member => member.Predict(rows, threads))];
        return IsQuantiles ? Widened(predicted[0].Values, predicted[1].Values) : Around(predicted.Length == 0 ? [own] : predicted);
    }

    /// <summary>Around what the model itself predicts; null where others are behind its regions.</summary>
    public PredictedRegions? Around(Predictions own) => members.Length == 0 ? Around([own]) : null;

    private PredictedRegions Around(Predictions[] predicted) => predicted[0].Task.IsClassification() ? Sets(predicted) : Intervals(predicted);

    private PredictedRegions Widened(double[] lower, double[] upper)
    {
        OrderedErrors own = errors[0][0];
        int rank = (int)Math.Ceiling(Level * (own.Count + 1));
        double by = rank <= own.Count ? own.Values[rank - 1] : double.PositiveInfinity;
        double[] low = Array.ConvertAll(lower, value => value - by), high = Array.ConvertAll(upper, value => value + by);
        for (int row = 0; row < low.Length; row++)
        {
            // Quantiles of two models may cross, and be narrowed past one another.
            (low[row], high[row]) = low[row] <= high[row] ? (low[row], high[row]) : ((low[row] + high[row]) / 2, (low[row] + high[row]) / 2);
        }

        return new PredictedRegions(Level, low, high, []);
    }

    private PredictedRegions Intervals(Predictions[] predicted)
    {
        int rowCount = predicted[0].RowCount, count = errors.Sum(member => member[0].Count);
        int rank = (int)Math.Ceiling(Level * (count + 1));
        double[] lower = new double[rowCount], upper = new double[rowCount];
        var centres = new double[predicted.Length];
        for (int row = 0; row < rowCount; row++)
        {
            for (int member = 0; member < predicted.Length; member++)
            {
                centres[member] = predicted[member].Values[row];
            }

            upper[row] = HighQuantile(centres, 1, rank, count);
            lower[row] = -HighQuantile(centres, -1, rank, count);
        }

        return new PredictedRegions(Level, lower, upper, []);
    }

    /// <summary>The value that <paramref name="rank"/> of all members' <c>sign * centre + error</c> do not exceed.</summary>
    private double HighQuantile(double[] centres, int sign, int rank, int count)
    {
        if (rank > count)
        {
            return double.PositiveInfinity;
        }

        if (centres.Length == 1)
        {
            return sign * centres[0] + errors[0][0].Values[rank - 1];
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int member = 0; member < centres.Length; member++)
        {
            low = Math.Min(low, sign * centres[member]);
            high = Math.Max(high, sign * centres[member] + errors[member][0].Largest);
        }

        for (int i = 0; i < Bisections && high > low; i++)
        {
            double middle = low + (high - low) / 2;
            int within = 0;
            for (int member = 0; member < centres.Length; member++)
            {
                within += errors[member][0].CountUpTo(middle - sign * centres[member]);
            }

            (low, high) = within >= rank ? (low, middle) : (middle, high);
        }

        return high;
    }

    private PredictedRegions Sets(Predictions[] predicted)
    {
        int classes = predicted[0].Classes.Count, rowCount = predicted[0].RowCount;
        var sets = new bool[rowCount * classes];
        for (int code = 0; code < classes; code++)
        {
            int count = errors.Sum(member => member[code].Count);
            for (int row = 0; row < rowCount; row++)
            {
                int better = 0;
                for (int member = 0; member < predicted.Length; member++)
                {
                    better += errors[member][code].CountBelow(1 - predicted[member].Probability(row, code));
                }

                sets[row * classes + code] = better < Level * (count + 1);
            }
        }

        return new PredictedRegions(Level, [], [], sets);
    }

    public void Write(ModelWriter writer)
    {
        writer.Set("level", Level);
        writer.Set("quantiles", IsQuantiles);
        writer.Set("members", members.Length);
        writer.Set("error_lists", errors.Select(lists => lists.Length));
        foreach ((int i, PipelineModel member) in members.Index())
        {
            member.Write(writer.Section($"member_{i}"));
        }

        foreach ((int i, OrderedErrors[] lists) in errors.Index())
        {
            foreach ((int j, OrderedErrors list) in lists.Index())
            {
                writer.Section($"errors_{i}").Tensor($"list_{j}", list.Values);
            }
        }
    }

    public static ConformalRegions Read(ModelReader reader, ModelSignature signature, Func<string, ModelReader, IModel> readLearner)
    {
        const int mostMembers = 1000;
        double level = reader.Get<double>("level");
        bool quantiles = reader.Get<bool>("quantiles");
        int count = reader.Get<int>("members");
        int[] lists = reader.Get<int[]>("error_lists");
        int expectedLists = signature.Task.IsClassification() ? signature.Classes.Count : 1;
        if (!(level is > 0 and < 1) || count is < 0 or > mostMembers || lists.Length != (quantiles ? 1 : Math.Max(1, count)) || (quantiles && count != 2) || Array.Exists(lists, list => list != expectedLists))
        {
            throw new ModelFileException($"The intervals in the model file are of level {level} with {count} models and {lists.Length} lists of errors, which do not fit together.");
        }

        PipelineModel[] members = [.. Enumerable.Range(0, count).Select(i => PipelineModel.Read(reader.Section($"member_{i}"), readLearner))];
        if (Array.Exists(members, member => member.Signature.Task != signature.Task || !member.Signature.Classes.SequenceEqual(signature.Classes)))
        {
            throw new ModelFileException("The models behind the intervals in the model file predict something else than the model itself.");
        }

        OrderedErrors[][] errors = [.. lists.Select((own, i) => Enumerable.Range(0, own).Select(j => new OrderedErrors(reader.Section($"errors_{i}").Tensor<double>($"list_{j}", -1))).ToArray())];
        return new ConformalRegions(level, members, errors, quantiles);
    }
}
