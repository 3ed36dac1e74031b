using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;

namespace Strata.Learning.Catalog;

/// <summary>A model with its card, as a <c>.strata</c> file holds them.</summary>
public sealed record ModelFile(IModel Model, ModelCard Card)
{
    public void Save(Stream destination)
    {
        var writer = new ModelWriter();
        ModelContent.Write(writer, Model);
        writer.Set("card", Card);
        ModelContainer.Write(destination, writer);
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public void Save(string path) => WholeFile.Write(path, Save);

    /// <exception cref="ModelFileException">The bytes are not a whole model file, or of a later version, or of an algorithm that this program lacks.</exception>
    public static ModelFile Load(Stream source)
    {
        ModelReader reader = ModelContainer.Read(source);
        return new ModelFile(ReadModel(reader), reader.Get<ModelCard>("card"));
    }

    /// <inheritdoc cref="Load(Stream)"/>
    public static ModelFile Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>Reads any model of the catalog, such as a member of an ensemble.</summary>
    internal static IModel ReadModel(ModelReader reader) => reader.Get<string>("kind") == FinishedModel.ContentKind
        ? FinishedModel.Read(reader.Section("content"), ReadLearner)
        : ModelContent.Read(reader, ReadLearner);

    private static IModel ReadLearner(string algorithm, ModelReader reader) =>
        Algorithms.All.FirstOrDefault(known => known.Name == algorithm)?.ReadModel(reader)
        ?? throw new ModelFileException($"The model file holds a '{algorithm}' model, which this version of Strata does not know. Use a newer Strata.");
}
