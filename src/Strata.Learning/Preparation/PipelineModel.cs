using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>Fitted steps and a fitted learner behind the signature of the raw columns.</summary>
public sealed class PipelineModel : IModel, IOnnxModel
{
    public PipelineModel(ModelSignature signature, IReadOnlyList<IFittedStep> steps, IModel learner)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(learner);
        (Signature, Steps, Learner) = (signature, steps, learner);
        Origins = TraceOrigins();
    }

    internal const string ContentKind = "pipeline";

    /// <summary>A pipeline that, where its learner can do without a block of columns, can do without the original columns that the block was made from.</summary>
    internal static PipelineModel Of(ModelSignature signature, IReadOnlyList<IFittedStep> steps, IModel learner)
    {
        var model = new PipelineModel(signature, steps, learner);
        if (learner.Signature.Features.Columns.All(column => column.Block is null))
        {
            return model;
        }

        ILookup<string, string?> blocks = learner.Signature.Features.Columns.SelectMany(column => model.OriginsOf(column.Name).Select(origin => (origin.Column, column.Block))).Distinct().ToLookup(pair => pair.Column, pair => pair.Block, StringComparer.Ordinal);
        SchemaColumn[] columns = [.. signature.Features.Columns.Select(column => !column.Type.IsArray() && blocks[column.Name].ToArray() is [string block] ? column with { Block = block } : column)];
        return new PipelineModel(signature with { Features = new Schema(columns) }, steps, learner);
    }

    public string Algorithm => Learner.Algorithm;

    public string Kind => ContentKind;

    /// <summary>In the columns before any preparation.</summary>
    public ModelSignature Signature { get; }

    public IReadOnlyList<IFittedStep> Steps { get; }

    public IModel Learner { get; }

    public IReadOnlyList<string> Notes => [.. Steps.SelectMany(step => step.Notes), .. Learner.Notes];

    /// <summary>For each column that the learner sees, the original columns it was made from with their shares in it, which sum to one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<OriginShare>> Origins { get; }

    /// <summary>Why contributions cannot be told in original columns, one sentence; null where they can.</summary>
    public string? MixesColumns => Steps.Select(step => step.MixesColumns).FirstOrDefault(reason => reason is not null);

    /// <summary>Whether each column that the learner sees depends on no original column but its origins.</summary>
    public bool DependsOnOriginsOnly => Steps.All(step => step.DependsOnOriginsOnly);

    public IReadOnlyList<OriginShare> OriginsOf(string learnerColumn) => Origins.TryGetValue(learnerColumn, out IReadOnlyList<OriginShare>? origins)
        ? origins
        : throw DataException.NoSuchColumn(learnerColumn, Origins.Keys);

    /// <summary>The rows as the learner sees them.</summary>
    /// <exception cref="DataException">A column is missing or holds values of another kind.</exception>
    public Frame Prepare(Frame rows) => Steps.Aggregate(Signature.Features.Conform(rows), (prepared, step) => step.Apply(prepared));

    public Predictions Predict(Frame rows, int threads = 1) => Learner.Predict(Prepare(rows), threads);

    /// <summary>
    /// Contributions of the learner's columns, summed to the original columns they were made from; a column that no step kept has 0. What a column made of
    /// several does is theirs in equal parts: the Shapley value of players who only win together.
    /// </summary>
    public Contributions InOriginalColumns(Contributions learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        (string[] columns, (int Place, double Share)[][] origins) = OriginalPlaces(learned.Columns);
        int scores = learned.RowCount * learned.Outputs.Count;
        var values = new double[scores * columns.Length];
        for (int score = 0; score < scores; score++)
        {
            for (int column = 0; column < origins.Length; column++)
            {
                foreach ((int place, double share) in origins[column])
                {
                    values[score * columns.Length + place] += share * learned.Values[score * origins.Length + column];
                }
            }
        }

        return learned with { Columns = columns, Values = values };
    }

    /// <summary>Interactions of the learner's columns, summed over the original columns they were made from; those among columns of one origin are its own doing.</summary>
    public Interactions InOriginalColumns(Interactions learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        (string[] columns, (int Place, double Share)[][] origins) = OriginalPlaces(learned.Columns);
        int scores = learned.RowCount * learned.Outputs.Count;
        var values = new double[checked(scores * columns.Length * columns.Length)];
        for (int score = 0; score < scores; score++)
        {
            ReadOnlySpan<double> from = learned.Values.AsSpan(score * origins.Length * origins.Length, origins.Length * origins.Length);
            Span<double> to = values.AsSpan(score * columns.Length * columns.Length, columns.Length * columns.Length);
            for (int cell = 0; cell < from.Length; cell++)
            {
                foreach ((int one, double shareOfOne) in origins[cell / origins.Length])
                {
                    foreach ((int other, double shareOfOther) in origins[cell % origins.Length])
                    {
                        to[one * columns.Length + other] += shareOfOne * shareOfOther * from[cell];
                    }
                }
            }
        }

        return learned with { Columns = columns, Values = values };
    }

    /// <summary>The original columns, and for each of the learner's the places and shares of those it was made from.</summary>
    private (string[] Columns, (int Place, double Share)[][] Origins) OriginalPlaces(IReadOnlyList<string> learned)
    {
        if (MixesColumns is string reason)
        {
            throw new DataException($"{reason} Permutation importance says which of the original columns the model uses.");
        }

        string[] columns = [.. Signature.Features.Names];
        Dictionary<string, int> placeOf = columns.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return (columns, [.. learned.Select(column => OriginsOf(column).Select(origin => (placeOf[origin.Column], origin.Share)).ToArray())]);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        string[] strange = [.. Steps.Where(step => step is not IOnnxStep).Select(step => $"Preparation step '{step.Name}' has no ONNX form: it looks up training rows or text in ways that ONNX has no operations for.")];
        DataException.ThrowIfAny(strange);
        return OnnxExport.Of(Learner, Steps.Aggregate(rows, (prepared, step) => ((IOnnxStep)step).Export(prepared)));
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

    private Dictionary<string, IReadOnlyList<OriginShare>> TraceOrigins()
    {
        var origins = Signature.Features.Names.ToDictionary(name => name, name => (IReadOnlyList<OriginShare>)[new OriginShare(name, 1)], StringComparer.Ordinal);
        foreach (IFittedStep step in Steps)
        {
            Dictionary<string, IReadOnlyList<OriginShare>> before = origins;
            IReadOnlyList<OriginShare> Before(string name) => before.GetValueOrDefault(name)
                ?? throw new ModelFileException($"Step '{step.Name}' uses a column '{name}' that the steps before it do not give.");
            origins = step.Origins.ToDictionary(pair => pair.Key, pair => OriginShare.Mix([.. pair.Value.Select(Before)]), StringComparer.Ordinal);
        }

        return origins;
    }
}
