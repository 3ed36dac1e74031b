using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;
using Strata.Learning.Validation.Calibration;
using Strata.Learning.Validation.Conformal;

namespace Strata.Learning.Validation;

/// <summary>A pipeline's model with what was learned from predictions for rows that it had not seen: calibrated probabilities, a rule of decision, intervals or sets.</summary>
public sealed class FinishedModel : IModel, IOnnxModel
{
    private readonly ConformalRegions? regions;

    internal FinishedModel(PipelineModel pipeline, Calibrator? calibration, DecisionRule? decision, ConformalRegions? regions, IReadOnlyList<string> notes) =>
        (Pipeline, Calibration, Decision, this.regions, Finish) = (pipeline, calibration, decision, regions, notes);

    public PipelineModel Pipeline { get; }

    /// <summary>Null where probabilities are as the pipeline gives them.</summary>
    public Calibrator? Calibration { get; }

    /// <summary>Null where the most probable class is called.</summary>
    public DecisionRule? Decision { get; }

    /// <summary>The stated certainty of its intervals or sets; null where it has none.</summary>
    public double? Level => regions?.Level;

    internal const string ContentKind = "finished";

    public string Algorithm => Pipeline.Algorithm;

    public string Kind => ContentKind;

    public ModelSignature Signature => Pipeline.Signature;

    /// <summary>What was done to the pipeline's predictions, one sentence each.</summary>
    public IReadOnlyList<string> Finish { get; }

    public IReadOnlyList<string> Notes => [.. Pipeline.Notes, .. Finish];

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Predictions predictions = Pipeline.Predict(rows, threads);
        return Finished(predictions, regions?.Of(rows, threads, predictions));
    }

    /// <summary>What the pipeline predicted, finished as any prediction of this model; with several models behind the intervals without these.</summary>
    internal Predictions Finished(Predictions predictions) => Finished(predictions, regions?.Around(predictions));

    private Predictions Finished(Predictions predictions, PredictedRegions? around) => (Calibration?.Apply(predictions) ?? predictions).With(Decision, around);

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxAnswer answer = OnnxExport.Of(Pipeline, rows);
        if (regions is not null)
        {
            rows.Graph.Note($"The {(Signature.Task.IsClassification() ? "sets" : "intervals")} of certainty {regions.Level} are not in the file.");
        }

        return answer with { Values = Calibration?.Export(answer.Values) ?? answer.Values, Decision = Decision };
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Pipeline.Write(writer.Section("pipeline"));
        writer.Set("notes", Finish);
        Calibration?.Write(writer.Section("calibration"));
        if (Decision is not null)
        {
            writer.Set("decision", Decision);
        }

        regions?.Write(writer.Section("regions"));
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="readLearner">Reads the model of an algorithm by its name in the catalog.</param>
    public static FinishedModel Read(ModelReader reader, Func<string, ModelReader, IModel> readLearner)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var pipeline = PipelineModel.Read(reader.Section("pipeline"), readLearner);
        ModelSignature signature = pipeline.Signature;
        DecisionRule? decision = reader.TryGet<DecisionRule>("decision");
        if (decision is not null && !DecisionTuning.Fits(decision, signature))
        {
            throw new ModelFileException($"The rule of decision in the model file does not fit {signature.Classes.Count} classes.");
        }

        if (reader.HasSection("calibration") && !signature.Task.IsClassification())
        {
            throw new ModelFileException("The model file calibrates probabilities of a model that has none.");
        }

        return new FinishedModel(
            pipeline,
            reader.HasSection("calibration") ? Calibrator.Read(reader.Section("calibration"), signature.Classes.Count) : null,
            decision,
            reader.HasSection("regions") ? ConformalRegions.Read(reader.Section("regions"), signature, readLearner) : null,
            reader.Get<string[]>("notes"));
    }
}
