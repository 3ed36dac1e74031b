using System.Text.Json.Serialization;
using Strata.Learning.ModelFiles;

namespace Strata.Learning;

/// <summary>An immutable description of how to learn. Fitting returns a model; the recipe itself never changes.</summary>
public interface IRecipe
{
    /// <summary>The name in the catalog, such as <c>gradient_boosting</c>.</summary>
    string Algorithm { get; }

    /// <summary>Whether it learns numbers only (true) or classes only (false) as it is set; null where the target decides.</summary>
    bool? LearnsNumbers => null;

    /// <summary>The kinds of array columns that it takes as they are; for all others numbers are made of them first.</summary>
    IReadOnlyList<Data.ColumnType> ArrayTypes => [];

    /// <exception cref="Data.DataException">The table cannot be learned from; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    IModel Fit(TrainingTable table, FitContext context);
}

/// <summary>A recipe that says which model it makes.</summary>
public interface IRecipe<out TModel> : IRecipe
    where TModel : IModel
{
    new TModel Fit(TrainingTable table, FitContext context);

    IModel IRecipe.Fit(TrainingTable table, FitContext context) => Fit(table, context);
}

/// <summary>A recipe under another program's names: it translates to a recipe of Strata's own.</summary>
public interface IPreset : IRecipe
{
    /// <summary>The other program's settings that have no counterpart, each with the reason or what to use instead.</summary>
    IReadOnlyDictionary<string, string> Refused { get; }
}

/// <summary>What fitting a recipe returned. Always able to predict; safe to use from several threads.</summary>
public interface IModel
{
    /// <summary>The name in the catalog of the algorithm that made it.</summary>
    string Algorithm { get; }

    /// <summary>By what a model file knows how to read it back: its algorithm, or what is put around one.</summary>
    string Kind => Algorithm;

    ModelSignature Signature { get; }

    /// <summary>What a person should know about this model, one sentence each: columns left out, a fit that did not converge.</summary>
    IReadOnlyList<string> Notes => [];

    /// <summary>Predicts each row, in order. Columns are found by name and brought to the signature's types first; columns it does not know are left aside.</summary>
    /// <exception cref="Data.DataException">A column is missing or holds values of another kind.</exception>
    Predictions Predict(Data.Frame rows, int threads = 1);

    /// <summary>Writes all that <c>Predict</c> needs; the catalog's reader for <see cref="Algorithm"/> reads it back to a model that predicts the same bits.</summary>
    void Write(ModelWriter writer);
}

/// <summary>What a model predicts, from which columns.</summary>
/// <param name="Task">The kind of prediction.</param>
/// <param name="Target">Name of the predicted column; <c>outlier</c> where there is none.</param>
/// <param name="Classes">Class names in code order; empty for regression and outliers.</param>
/// <param name="Features">The columns it expects, with types and levels.</param>
public sealed record ModelSignature(LearningTask Task, string Target, IReadOnlyList<string> Classes, Data.Schema Features)
{
    [JsonIgnore]
    public int OutputCount => Task.OutputCount(Classes.Count);

    /// <summary>What each raw score is of: the target for one, the classes for several.</summary>
    public IReadOnlyList<string> OutputNames => OutputCount == 1 ? [Target] : Classes;

    public static ModelSignature Of(TrainingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new ModelSignature(table.Target.Task, table.Target.Name, table.Target.Classes, table.Features.Schema);
    }

    /// <summary>Reads back what a model set as its <c>signature</c>, and refuses one that no table can have.</summary>
    public static ModelSignature Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = reader.Get<ModelSignature>("signature");
        bool classesFit = signature.Task switch
        {
            LearningTask.BinaryClassification => signature.Classes.Count == 2,
            LearningTask.MulticlassClassification => signature.Classes.Count > 2,
            LearningTask.Regression or LearningTask.OutlierDetection or LearningTask.Clustering => signature.Classes.Count == 0,
            _ => false,
        };
        IReadOnlyList<Data.SchemaColumn?> columns = signature.Features.Columns;
        return classesFit
            && !signature.Classes.Contains(null!)
            && columns.All(column => column?.Levels?.Contains(null!) != true && column is not null && Enum.IsDefined(column.Type))
            && signature.Features.Names.Distinct(StringComparer.Ordinal).Count() == columns.Count
            ? signature
            : throw new ModelFileException($"The signature in the model file is no {signature.Task} of {signature.Classes.Count} classes from {columns.Count} named columns.");
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("signature", this);
    }
}
