using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>How a model of any kind stands in a section of a model file: its kind, and what it wrote.</summary>
public static class ModelContent
{
    public static void Write(ModelWriter writer, IModel model)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        writer.Set("kind", model.Kind);
        model.Write(writer.Section("content"));
    }

    /// <param name="reader">At what <see cref="Write"/> wrote.</param>
    /// <param name="readLearner">Reads the model of an algorithm by its name in the catalog.</param>
    public static IModel Read(ModelReader reader, Func<string, ModelReader, IModel> readLearner)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(readLearner);
        string kind = reader.Get<string>("kind");
        ModelReader content = reader.Section("content");
        return kind == PipelineModel.ContentKind ? PipelineModel.Read(content, readLearner) : readLearner(kind, content);
    }
}
