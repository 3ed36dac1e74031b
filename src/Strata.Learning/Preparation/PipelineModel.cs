using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>Fitted steps and a fitted learner behind the signature of the raw columns.</summary>
public sealed class PipelineModel : IModel
{
    public PipelineModel(ModelSignature signature, IReadOnlyList<IFittedStep> steps, IModel learner)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(learner);
        (Signature, Steps, Learner) = (signature, steps, learner);
        Origins = TraceOrigins();
    }

    public string Algorithm => Learner.Algorithm;

    /// <summary>In the columns before any preparation.</summary>
    public ModelSignature Signature { get; }

    public IReadOnlyList<IFittedStep> Steps { get; }

    public IModel Learner { get; }

    public IReadOnlyList<string> Notes => [.. Steps.SelectMany(step => step.Notes), .. Learner.Notes];

    /// <summary>For each column that the learner sees, the original column it was made from.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; }

    public string OriginOf(string learnerColumn) => Origins.TryGetValue(learnerColumn, out string? origin)
        ? origin
        : throw DataException.NoSuchColumn(learnerColumn, Origins.Keys);

    /// <summary>The rows as the learner sees them.</summary>
    /// <exception cref="DataException">A column is missing or holds values of another kind.</exception>
    public Frame Prepare(Frame rows) => Steps.Aggregate(Signature.Features.Conform(rows), (prepared, step) => step.Apply(prepared));

    public Predictions Predict(Frame rows, int threads = 1) => Learner.Predict(Prepare(rows), threads);

    /// <summary>Contributions of the learner's columns, summed to the original columns they were made from; a column that no step kept has 0.</summary>
    public Contributions InOriginalColumns(Contributions learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        (string[] columns, int[] place) = OriginalPlaces(learned.Columns);
        int scores = learned.RowCount * learned.Outputs.Count;
        var values = new double[scores * columns.Length];
        for (int score = 0; score < scores; score++)
        {
            for (int column = 0; column < place.Length; column++)
            {
                values[score * columns.Length + place[column]] += learned.Values[score * place.Length + column];
            }
        }

        return learned with { Columns = columns, Values = values };
    }

    /// <summary>Interactions of the learner's columns, summed over the original columns they were made from; those among columns of one origin are its own doing.</summary>
    public Interactions InOriginalColumns(Interactions learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        (string[] columns, int[] place) = OriginalPlaces(learned.Columns);
        int scores = learned.RowCount * learned.Outputs.Count;
        var values = new double[checked(scores * columns.Length * columns.Length)];
        for (int score = 0; score < scores; score++)
        {
            ReadOnlySpan<double> from = learned.Values.AsSpan(score * place.Length * place.Length, place.Length * place.Length);
            Span<double> to = values.AsSpan(score * columns.Length * columns.Length, columns.Length * columns.Length);
            for (int cell = 0; cell < from.Length; cell++)
            {
                to[place[cell / place.Length] * columns.Length + place[cell % place.Length]] += from[cell];
            }
        }

        return learned with { Columns = columns, Values = values };
    }

    /// <summary>The original columns, and for each of the learner's the place of the one it was made from.</summary>
    private (string[] Columns, int[] Place) OriginalPlaces(IReadOnlyList<string> learned)
    {
        string[] columns = [.. Signature.Features.Names];
        return (columns, [.. learned.Select(column => Array.IndexOf(columns, OriginOf(column)))]);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("algorithm", Algorithm);
        ModelWriter steps = writer.Section("steps");
        steps.Set("names", Steps.Select(step => step.Name));
        for (int i = 0; i < Steps.Count; i++)
        {
            Steps[i].Write(steps.Section($"step_{i}"));
        }

        Learner.Write(writer.Section("learner"));
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="readLearner">Reads the model of an algorithm by its name in the catalog.</param>
    public static PipelineModel Read(ModelReader reader, Func<string, ModelReader, IModel> readLearner)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(readLearner);
        ModelReader steps = reader.Section("steps");
        IFittedStep[] fitted = [.. steps.Get<string[]>("names").Select((name, i) => Preparation.Steps.Read(name ?? string.Empty, steps.Section($"step_{i}")))];
        IModel learner = readLearner(reader.Get<string>("algorithm"), reader.Section("learner"));
        ModelSignature signature = ModelSignature.Read(reader);
        return (learner.Signature.Task, learner.Signature.Target) == (signature.Task, signature.Target) && learner.Signature.Classes.SequenceEqual(signature.Classes)
            ? new PipelineModel(signature, fitted, learner)
            : throw new ModelFileException("The signature of the pipeline and of its learner differ.");
    }

    private Dictionary<string, string> TraceOrigins()
    {
        Dictionary<string, string> origins = Signature.Features.Names.ToDictionary(name => name, StringComparer.Ordinal);
        foreach (IFittedStep step in Steps)
        {
            Dictionary<string, string> before = origins;
            origins = step.Origins.ToDictionary(
                pair => pair.Key,
                pair => before.GetValueOrDefault(pair.Value) ?? throw new ModelFileException($"Step '{step.Name}' uses a column '{pair.Value}' that the steps before it do not give."),
                StringComparer.Ordinal);
        }

        return origins;
    }
}
