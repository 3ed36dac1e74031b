using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Trees;

namespace Strata.Learning.Ensembles;

/// <summary>Members that answer together, each with its weight.</summary>
public sealed class VotingModel : IScoreSum, IOnnxModel
{
    /// <summary>Probabilities are kept this far from 0 and 1 before logarithms are taken.</summary>
    private const double LeastProbability = 1e-15;

    internal VotingModel(string algorithm, ModelSignature signature, IReadOnlyList<FittedMember> members, double[] weights, VoteKind vote)
    {
        (Algorithm, Signature, Members, Weights, Vote) = (algorithm, signature, members, weights, vote);
        Scale = vote == VoteKind.LogOdds && signature.Task.IsClassification() ? RawScale.LogOdds : RawScale.Prediction;
    }

    public string Algorithm { get; }

    public ModelSignature Signature { get; }

    public IReadOnlyList<FittedMember> Members { get; }

    /// <summary>One a member; they sum to 1.</summary>
    public double[] Weights { get; }

    public VoteKind Vote { get; }

    public IReadOnlyList<string> Notes => [.. Members.SelectMany(member => member.Model.Notes.Select(note => $"{member.Name}: {note}")).Distinct()];

    /// <inheritdoc/>
    public IReadOnlyList<Summand>? Summands => Vote != VoteKind.Hard && Members.All(member => RawScales.Of(member.Model) == Scale)
        ? [.. Members.Select((member, i) => Summand.Of(member.Model, Weights[i]))]
        : null;

    internal RawScale Scale { get; }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        Predictions[] answers = [.. Members.Select(member => member.Model.Predict(conformed, threads))];
        return !Signature.Task.IsClassification() ? Predictions.OfNumbers(Vote == VoteKind.Hard ? Medians(answers) : Mean(answers, answer => answer.Values))
            : Vote == VoteKind.LogOdds ? OfLogOdds(answers)
            : OfShares(Mean(answers, Vote == VoteKind.Hard ? Votes : answer => answer.Values));
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        if (Vote == VoteKind.Hard && !Signature.Task.IsClassification())
        {
            throw new DataException("A weighted median of members has no ONNX form; with the vote 'soft' the mean of the members has one.");
        }

        OnnxAnswer[] answers = [.. Members.Select(member => OnnxExport.Of(member.Model, rows))];
        OnnxValue Mean(Func<OnnxAnswer, int, OnnxValue> of) => answers.Select((answer, member) => of(answer, member) * Weights[member]).Aggregate((sum, part) => sum + part);
        if (Signature.Task.IsClassification() && Vote == VoteKind.LogOdds)
        {
            return OnnxAnswer.OfLogOdds(Mean((answer, member) => RawScales.Of(Members[member].Model) == RawScale.LogOdds ? answer.RawScores!.Value : LogOddsOf(answer.Values)), Signature.Classes.Count);
        }

        OnnxValue mean = Mean((answer, _) => Vote == VoteKind.Hard ? VoteOf(answer) : answer.Values);
        OnnxValue values = Signature.Task.IsClassification() ? mean / mean.Sum(1) : mean;
        return new OnnxAnswer(values, Signature.Task == LearningTask.BinaryClassification ? values.Slice(1, 1, 2) : values);
    }

    private OnnxValue LogOddsOf(OnnxValue probabilities)
    {
        OnnxValue logs = probabilities.To("Max", probabilities.Same(LeastProbability)).To("Log");
        return Signature.Classes.Count == 2 ? logs.Slice(1, 1, 2) - logs.Slice(1, 0, 1) : logs;
    }

    /// <summary>1 for each row's called class, else 0.</summary>
    private OnnxValue VoteOf(OnnxAnswer answer)
    {
        OnnxValue codes = answer.Values.Graph.Constant("codes", OnnxElement.Int64, [1, Signature.Classes.Count], Enumerable.Range(0, Signature.Classes.Count).Select(code => (double)code));
        return codes.To("Equal", OnnxElement.Bool, OnnxExport.Called(answer.Values, answer.Decision).Reshape(-1, 1)).As(OnnxElement.Double);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("vote", Vote);
        writer.Tensor("weights", Weights);
        FittedMember.WriteAll(writer.Section("members"), Members);
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="algorithm">The name in the catalog.</param>
    /// <param name="readModel">Reads a member.</param>
    public static VotingModel Read(ModelReader reader, string algorithm, Func<ModelReader, IModel> readModel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var signature = ModelSignature.Read(reader);
        IReadOnlyList<FittedMember> members = FittedMember.ReadAll(reader.Section("members"), signature, readModel);
        double[] weights = reader.Tensor<double>("weights", members.Count);
        VoteKind vote = reader.Get<VoteKind>("vote");
        return Enum.IsDefined(vote) && signature.Task.HasTarget() && weights.All(weight => weight >= 0) && Math.Abs(weights.Sum() - 1) < 1e-6
            ? new VotingModel(algorithm, signature, members, weights, vote)
            : throw new ModelFileException("The weights of the ensemble in the model file do not sum to 1, or its way of voting is unknown.");
    }

    private double[] Mean(Predictions[] answers, Func<Predictions, double[]> of)
    {
        double[] mean = [];
        foreach ((int member, Predictions answer) in answers.Index())
        {
            double[] values = of(answer);
            mean = member == 0 ? new double[values.Length] : mean;
            for (int i = 0; i < values.Length; i++)
            {
                mean[i] += Weights[member] * values[i];
            }
        }

        return mean;
    }

    /// <summary>1 for each row's most probable class, else 0.</summary>
    private static double[] Votes(Predictions answer)
    {
        var votes = new double[answer.Values.Length];
        for (int row = 0; row < answer.RowCount; row++)
        {
            votes[row * answer.Classes.Count + answer.ClassCode(row)] = 1;
        }

        return votes;
    }

    private double[] Medians(Predictions[] answers)
    {
        var medians = new double[answers[0].RowCount];
        for (int row = 0; row < medians.Length; row++)
        {
            double below = 0;
            foreach ((double value, double weight) in answers.Select((answer, member) => (answer.Values[row], Weights[member])).OrderBy(pair => pair.Item1))
            {
                medians[row] = value;
                if ((below += weight) >= 0.5)
                {
                    break;
                }
            }
        }

        return medians;
    }

    /// <summary>Raw scores are the shares themselves, as in forests.</summary>
    private Predictions OfShares(double[] shares)
    {
        int classes = Signature.Classes.Count, rows = shares.Length / classes;
        for (int row = 0; row < rows; row++)
        {
            // Sums of rounded shares are brought back to 1.
            double sum = 0;
            for (int code = 0; code < classes; code++)
            {
                sum += shares[row * classes + code];
            }

            for (int code = 0; code < classes; code++)
            {
                shares[row * classes + code] /= sum;
            }
        }

        double[] raw = classes == 2 ? [.. Enumerable.Range(0, rows).Select(row => shares[2 * row + 1])] : shares;
        return Predictions.OfProbabilities(Signature.Classes, raw, shares);
    }

    private Predictions OfLogOdds(Predictions[] answers)
    {
        RawScale[] scales = [.. Members.Select(member => RawScales.Of(member.Model))];
        int at = 0;
        double[] scores = Mean(answers, answer => scales[at++] == RawScale.LogOdds ? answer.RawScores : LogOddsOf(answer));
        return (Signature.OutputCount == 1 ? ScoreLink.Logistic : ScoreLink.Softmax).Predict(Signature, scores);
    }

    private static double[] LogOddsOf(Predictions answer)
    {
        static double Log(double probability) => Math.Log(Math.Max(probability, LeastProbability));
        return answer.Classes.Count == 2
            ? [.. Enumerable.Range(0, answer.RowCount).Select(row => Log(answer.Probability(row, 1)) - Log(answer.Probability(row, 0)))]
            : [.. answer.Values.Select(Log)];
    }
}
