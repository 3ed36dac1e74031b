using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Ensembles;

/// <summary>Members, and a model that learned what to make of their predictions.</summary>
public sealed class StackedModel : IScoreSum, IOnnxModel
{
    private readonly Lazy<MetaLine?> line;

    internal StackedModel(string algorithm, ModelSignature signature, IReadOnlyList<FittedMember> members, IModel metaModel, bool passThrough, string note)
    {
        (Algorithm, Signature, Members, MetaModel, PassThrough, Note) = (algorithm, signature, members, metaModel, passThrough, note);
        line = new Lazy<MetaLine?>(() => !passThrough && members.All(member => RawScales.Of(member.Model) == RawScale.Prediction) ? MetaLine.Of(metaModel) : null);
    }

    public string Algorithm { get; }

    public ModelSignature Signature { get; }

    public IReadOnlyList<FittedMember> Members { get; }

    /// <summary>Predicts from the members' predictions; its columns are named after the members.</summary>
    public IModel MetaModel { get; }

    /// <summary>Whether the meta-model sees the original columns too.</summary>
    public bool PassThrough { get; }

    /// <summary>What the meta-model learned from.</summary>
    public string Note { get; }

    public IReadOnlyList<string> Notes =>
        [Note, .. Members.SelectMany(member => member.Model.Notes.Select(note => $"{member.Name}: {note}")).Distinct(), .. MetaModel.Notes.Select(note => $"Meta-learner: {note}")];

    /// <summary>Where the meta-model is a line in what the members say, and their raw scores are what they say.</summary>
    public IReadOnlyList<Summand>? Summands => line.Value is MetaLine known
        ? [.. Members.Select((member, i) => new Summand(member.Model, known.SlopesOf(i * Signature.OutputCount, Signature.OutputCount)))]
        : null;

    /// <inheritdoc/>
    public IReadOnlyList<double>? Constants => line.Value?.Constants;

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        var answers = Members.Select(member => (member.Name, member.Model.Predict(conformed, threads)));
        return MetaModel.Predict(StackedTable.Of(Signature, conformed, answers, PassThrough), threads);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows) => OnnxExport.Of(MetaModel, StackedTable.Of(Signature, rows, Members.Select(member => (member.Name, OnnxExport.Of(member.Model, rows).Values)), PassThrough));

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("pass_through", PassThrough);
        writer.Set("note", Note);
        FittedMember.WriteAll(writer.Section("members"), Members);
        ModelContent.Write(writer.Section("meta_model"), MetaModel);
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="algorithm">The name in the catalog.</param>
    /// <param name="readModel">Reads a member or the meta-model.</param>
    public static StackedModel Read(ModelReader reader, string algorithm, Func<ModelReader, IModel> readModel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(readModel);
        var signature = ModelSignature.Read(reader);
        IReadOnlyList<FittedMember> members = FittedMember.ReadAll(reader.Section("members"), signature, readModel);
        IModel meta = readModel(reader.Section("meta_model"));
        return signature.Task.HasTarget() && meta.Signature.Task == signature.Task && meta.Signature.Classes.SequenceEqual(signature.Classes)
            ? new StackedModel(algorithm, signature, members, meta, reader.Get<bool>("pass_through"), reader.Get<string>("note"))
            : throw new ModelFileException("The meta-model in the model file does not predict what the ensemble does.");
    }
}
