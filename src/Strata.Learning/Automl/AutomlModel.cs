using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Validation;

namespace Strata.Learning.Automl;

/// <summary>
/// Candidates that answer together, each with its weight. Those of the first layer read the columns; those of the second also what the first layer's predict. Candidates without weight may be
/// in it too, to be taken out by name.
/// </summary>
public sealed class AutomlModel : IScoreSum, IOnnxModel, ISelfJudged
{
    private readonly IReadOnlyList<FittedMember> first;
    private readonly IReadOnlyList<FittedMember> second;
    private readonly IReadOnlyList<string> inputs;
    private readonly double sharpness;
    private readonly Dictionary<string, double> weightOf;

    internal AutomlModel(
        ModelSignature signature, IReadOnlyList<FittedMember> first, IReadOnlyList<FittedMember> second, IReadOnlyList<string> inputs, Leaderboard leaderboard, double sharpness, IReadOnlyList<string> notes)
    {
        (Signature, this.first, this.second, this.inputs, Leaderboard, this.sharpness, Notes) = (signature, first, second, inputs, leaderboard, sharpness, notes);
        weightOf = leaderboard.Rows.Skip(1).Where(row => row.Weight > 0).ToDictionary(row => row.Name, row => row.Weight, StringComparer.Ordinal);
    }

    public string Algorithm => AutomlRecipe.AlgorithmName;

    public ModelSignature Signature { get; }

    public Leaderboard Leaderboard { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>The names of those that <see cref="Candidate"/> gives, in the order in which they were fitted.</summary>
    public IReadOnlyList<string> Candidates => [.. first.Concat(second).Select(member => member.Name)];

    /// <summary>What was said of training rows unseen; null in a model that was read from a file.</summary>
    internal UnseenAnswers? Unseen { get; init; }

    UnseenAnswers? ISelfJudged.Unseen => Unseen;

    /// <summary>Microseconds for predicting a row of many, as far as measured.</summary>
    public double? PredictMicroseconds => Leaderboard.Ensemble.PredictMicroseconds;

    /// <inheritdoc/>
    public IReadOnlyList<Summand>? Summands => sharpness != Sharpness.None || second.Any(IsWeighted) || !Weighted.All(member => RawScales.Of(member.Model) == RawScale.Prediction)
        ? null
        : [.. Weighted.Select(member => Summand.Of(member.Model, weightOf[member.Name]))];

    private IEnumerable<FittedMember> Weighted => first.Concat(second).Where(IsWeighted);

    /// <summary>Of the first layer, those that any answer needs.</summary>
    private IEnumerable<FittedMember> Needed => first.Where(member => IsWeighted(member) || (second.Any(IsWeighted) && inputs.Contains(member.Name)));

    /// <summary>The automatic model that a model is, or that stands behind its preparation; null for any other.</summary>
    public static AutomlModel? Of(IModel model) => model as AutomlModel ?? Explanation.Importance.PipelineOf(model)?.Learner as AutomlModel;

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        Dictionary<string, Predictions> answers = Needed.ToDictionary(member => member.Name, member => member.Model.Predict(conformed, threads), StringComparer.Ordinal);
        if (second.Any(IsWeighted))
        {
            Frame stacked = StackedTable.Of(Signature, conformed, inputs.Select(name => (name, answers[name])), passThrough: true);
            foreach (FittedMember member in second.Where(IsWeighted))
            {
                answers[member.Name] = member.Model.Predict(stacked, threads);
            }
        }

        return Mean(Signature, Weighted.Select(member => (answers[member.Name], weightOf[member.Name])), sharpness);
    }

    /// <summary>The weighted mean of answers: of numbers, or of probabilities, raised to an exponent and brought to a sum of 1.</summary>
    internal static Predictions Mean(ModelSignature signature, IEnumerable<(Predictions Answer, double Weight)> answers, double sharpness = Sharpness.None)
    {
        double[] mean = [];
        foreach ((Predictions answer, double weight) in answers)
        {
            mean = mean.Length == 0 ? new double[answer.Values.Length] : mean;
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += weight * answer.Values[i];
            }
        }

        if (!signature.Task.IsClassification())
        {
            return Predictions.OfNumbers(mean);
        }

        int classes = signature.Classes.Count;
        for (int start = 0; start < mean.Length; start += classes)
        {
            Sharpness.Apply(mean.AsSpan(start, classes), sharpness);
        }

        double[] raw = classes == 2 ? [.. Enumerable.Range(0, mean.Length / 2).Select(row => mean[2 * row + 1])] : mean;
        return Predictions.OfProbabilities(signature.Classes, raw, mean);
    }

    /// <summary>One row of the leaderboard as a model by itself, which can be written and deployed as any other; the ensemble's row gives this model.</summary>
    /// <exception cref="DataException">There is no such row, or its model was not kept.</exception>
    public IModel Candidate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Leaderboard.EnsembleName)
        {
            return this;
        }

        if (first.FirstOrDefault(member => member.Name == name) is FittedMember own)
        {
            return own.Model;
        }

        if (second.FirstOrDefault(member => member.Name == name) is FittedMember stacked)
        {
            return new StackedModel(Stacking.AlgorithmName, Signature, [.. inputs.Select(input => first.First(member => member.Name == input))], stacked.Model, passThrough: true, $"Taken out of an automatic model: {name}.");
        }

        throw new DataException(Leaderboard.Rows.Any(row => row.Name == name)
            ? $"The model of '{name}' is not in the file; those that are: {string.Join(", ", Candidates)}. With keep_all every fitted candidate is kept."
            : DataException.NoSuchColumn(name, Candidates).Message.Replace("column", "candidate", StringComparison.Ordinal));
    }

    /// <summary>The leaderboard with scores on rows that nothing has learned from, for every candidate whose model was kept.</summary>
    /// <param name="test">Rows with truth.</param>
    /// <param name="context">Seed, threads, cancellation; null for the defaults.</param>
    public Leaderboard TestLeaderboard(TrainingTable test, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(test);
        context ??= new FitContext();
        var metric = Metrics.Metric.Named(Leaderboard.Metric);
        Frame conformed = Signature.Features.Conform(test.Features);
        Dictionary<string, Predictions> answers = first.ToDictionary(member => member.Name, member => member.Model.Predict(conformed, context), StringComparer.Ordinal);
        Frame? stacked = second.Count == 0 ? null : StackedTable.Of(Signature, conformed, inputs.Select(name => (name, answers[name])), passThrough: true);
        foreach (FittedMember member in second)
        {
            answers[member.Name] = member.Model.Predict(stacked!, context);
        }

        answers[Leaderboard.EnsembleName] = Mean(Signature, Weighted.Select(member => (answers[member.Name], weightOf[member.Name])), sharpness);
        return Leaderboard with { Rows = [.. Leaderboard.Rows.Select(row => answers.TryGetValue(row.Name, out Predictions? answer) ? Tested(row, metric, answer, test, context.Seed) : row)] };
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        Dictionary<string, OnnxAnswer> answers = Needed.ToDictionary(member => member.Name, member => OnnxExport.Of(member.Model, rows), StringComparer.Ordinal);
        if (second.Any(IsWeighted))
        {
            OnnxTable stacked = StackedTable.Of(Signature, rows, inputs.Select(name => (name, answers[name].Values)), passThrough: true);
            foreach (FittedMember member in second.Where(IsWeighted))
            {
                answers[member.Name] = OnnxExport.Of(member.Model, stacked);
            }
        }

        OnnxValue mean = Weighted.Select(member => answers[member.Name].Values * weightOf[member.Name]).Aggregate((sum, part) => sum + part);
        OnnxValue shares = sharpness == Sharpness.None ? mean : mean.To("Pow", mean.Same(sharpness));
        OnnxValue values = Signature.Task.IsClassification() ? shares / shares.Sum(1) : mean;
        return new OnnxAnswer(values, Signature.Task == LearningTask.BinaryClassification ? values.Slice(1, 1, 2) : values);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("leaderboard", Leaderboard);
        writer.Set("notes", Notes);
        if (sharpness != Sharpness.None)
        {
            writer.Set("sharpness", sharpness);
        }

        FittedMember.WriteAll(writer.Section("candidates"), first);
        if (second.Count > 0)
        {
            writer.Set("inputs", inputs);
            FittedMember.WriteAll(writer.Section("second_layer"), second);
        }
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="readModel">Reads a candidate.</param>
    public static AutomlModel Read(ModelReader reader, Func<ModelReader, IModel> readModel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var signature = ModelSignature.Read(reader);
        IReadOnlyList<FittedMember> first = FittedMember.ReadAll(reader.Section("candidates"), signature, readModel);
        bool isStacked = reader.HasSection("second_layer");
        IReadOnlyList<FittedMember> second = isStacked ? FittedMember.ReadAll(reader.Section("second_layer"), signature, readModel) : [];
        IReadOnlyList<string> inputs = isStacked ? reader.Items<string>("inputs") : [];
        Leaderboard leaderboard = reader.Get<Leaderboard>("leaderboard");
        double sharpness = reader.Values["sharpness"] is null ? Sharpness.None : reader.Get<double>("sharpness");
        string[] names = [.. first.Concat(second).Select(member => member.Name)];
        bool sound = signature.Task.HasTarget() && sharpness is > 0 and < 100
            && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            && inputs.Distinct(StringComparer.Ordinal).Count() == inputs.Count && inputs.All(name => first.Any(member => member.Name == name))
            && leaderboard.Rows.Count > 1 && leaderboard.Rows.All(row => row is not null && row.Weight is >= 0 and <= 1 + 1e-6)
            && leaderboard.Rows.Select(row => row.Name).Distinct(StringComparer.Ordinal).Count() == leaderboard.Rows.Count
            && leaderboard.Rows.Skip(1).Where(row => row.Weight > 0).All(row => names.Contains(row.Name))
            && Math.Abs(leaderboard.Rows.Skip(1).Sum(row => row.Weight) - 1) < 1e-6;
        return sound
            ? new AutomlModel(signature, first, second, inputs, leaderboard, sharpness, reader.Items<string>("notes"))
            : throw new ModelFileException("The leaderboard of the automatic model in the model file does not fit its candidates, weights do not sum to 1, or the exponent of probabilities is none.");
    }

    private static LeaderboardRow Tested(LeaderboardRow row, Metric metric, Predictions answer, TrainingTable test, ulong seed)
    {
        double score = metric.Of(answer, test.Target, test.Weights, test.Groups);
        MetricInterval? interval = ScoreInterval.Of(metric, score, answer, test, seed);
        return row with { TestScore = double.IsFinite(score) ? score : null, TestLow = interval?.Low, TestHigh = interval?.High };
    }

    private bool IsWeighted(FittedMember member) => weightOf.ContainsKey(member.Name);
}
