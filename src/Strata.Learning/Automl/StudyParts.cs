using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Automl;

/// <summary>
/// The finished candidates of a study, each a part of the checkpoint: found again after an interruption, and by a study that is given more time. A part is named after all that its candidate
/// depends on: rows, seed, folds, recipe, and what a second layer reads.
/// </summary>
internal sealed class StudyParts
{
    private const int HashSize = SHA256.HashSizeInBytes;
    private readonly ICheckpointStore? store;
    private readonly Func<ModelReader, IModel>? readModel;
    private readonly byte[] study;

    public StudyParts(AutomlRecipe recipe, TrainingTable table, FitContext context)
    {
        (store, readModel) = (recipe.ReadModel is null ? null : context.Checkpoints, recipe.ReadModel);
        if (store is null)
        {
            study = [];
            return;
        }

        using var fingerprint = new FitFingerprint(new { study = AutomlRecipe.AlgorithmName, asked = recipe.Folds }, table, context with { Validation = null });
        study = fingerprint.End();
    }

    private StudyParts(StudyParts parts, byte[] study)
    {
        (store, readModel, this.study) = (parts.store, parts.readModel, study);
    }

    /// <summary>The parts of candidates that learn from other rows or columns than those before: another layer, another drawing of folds.</summary>
    public StudyParts For(string what) => store is null ? this : new StudyParts(this, SHA256.HashData([.. study, .. Encoding.UTF8.GetBytes(what)]));

    /// <summary>The number of folds that the study began with; null where there is none yet.</summary>
    public int? LoadFolds() => store?.Load() is byte[] saved && saved.Length == HashSize + 1 && saved.AsSpan(0, HashSize).SequenceEqual(study) ? saved[HashSize] : null;

    public void SaveFolds(int folds) => store?.Save([.. study, (byte)folds]);

    public void Save(FittedCandidate fitted)
    {
        if (store?.Part(NameOf(fitted.Candidate)) is not ICheckpointStore part)
        {
            return;
        }

        var content = new ModelWriter();
        ModelContent.Write(content, fitted.Model);
        using MemoryStream memory = new(), model = new();
        ModelContainer.Write(model, content, CompressionLevel.Fastest);
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(fitted.Seconds);
            writer.Write(fitted.Microseconds);
            writer.Write(fitted.Bytes);
            writer.Write(fitted.Unseen.Values.Length);
            writer.Write(MemoryMarshal.AsBytes<double>(fitted.Unseen.Values));
            writer.Write(model.GetBuffer(), 0, (int)model.Length);
        }

        byte[] all = memory.ToArray();
        part.Save([.. SHA256.HashData(all), .. all]);
    }

    /// <summary>The candidate as it was saved; null where it was not, or the part is damaged.</summary>
    public FittedCandidate? Load(Candidate candidate, ModelSignature signature)
    {
        byte[]? saved = store?.Part(NameOf(candidate))?.Load();
        if (saved is null || saved.Length < HashSize || !SHA256.HashData(saved.AsSpan(HashSize)).AsSpan().SequenceEqual(saved.AsSpan(0, HashSize)))
        {
            return null;
        }

        using var memory = new MemoryStream(saved, HashSize, saved.Length - HashSize);
        using var reader = new BinaryReader(memory);
        (double seconds, double microseconds, long bytes) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
        double[] values = MemoryMarshal.Cast<byte, double>(reader.ReadBytes(reader.ReadInt32() * sizeof(double))).ToArray();
        using var rest = new MemoryStream(saved, HashSize + (int)memory.Position, saved.Length - HashSize - (int)memory.Position);
        IModel model = readModel!(ModelContainer.Read(rest));
        return new FittedCandidate(candidate, model, Answer(signature, values), seconds, microseconds, bytes);
    }

    /// <summary>Only its values are ever looked at.</summary>
    private static Predictions Answer(ModelSignature signature, double[] values) =>
        signature.Task.IsClassification() ? Predictions.OfProbabilities(signature.Classes, values, values) : Predictions.OfNumbers(values);

    private string NameOf(Candidate candidate) =>
        string.Create(CultureInfo.InvariantCulture, $"automl-{Convert.ToHexStringLower(SHA256.HashData([.. study, .. Encoding.UTF8.GetBytes(candidate.Text)]).AsSpan(0, 12))}");
}
