using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Workflow;

/// <summary>
/// A table and what is to be done with it, written down and not yet done: every step is fitted later, on the training rows of the split (or fold) that it serves,
/// so that nothing about test rows can leak into the model. Each method returns a further preparation and changes nothing.
/// </summary>
public sealed record DataPreparation
{
    private DataPreparation(Frame table, IReadOnlyList<string> readingNotes) => (Table, Notes) = (table, readingNotes);

    /// <summary>The rows as they were read.</summary>
    public Frame Table { get; }

    /// <summary>What reading repaired, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Everything that has been decided so far.</summary>
    public TrainingPlan Plan { get; init; } = new();

    /// <summary>Reads a CSV, TSV, JSON lines or Excel file.</summary>
    public static DataPreparation Of(string path)
    {
        TableReading reading = TableFile.Read(path);
        return new DataPreparation(reading.Frame, reading.Notes);
    }

    public static DataPreparation Of(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new DataPreparation(table, []);
    }

    /// <summary>Names the column to predict.</summary>
    /// <param name="target">A column of the table.</param>
    /// <param name="kind">Class or number; null lets the values decide.</param>
    /// <param name="positiveClass">Of two classes the one that is looked for.</param>
    public DataPreparation Predict(string target, TargetKind? kind = null, string? positiveClass = null) =>
        With(Plan with { Target = target, Task = kind, PositiveClass = positiveClass });

    /// <summary>Columns that the model must not see: identifiers, and what is only known after the outcome.</summary>
    public DataPreparation LeaveOut(params IEnumerable<string> columns) => With(Plan with { Drop = [.. Plan.Drop, .. columns] });

    /// <summary>Rows with the same value in this column (a patient, a star, a site) stay on one side of every split.</summary>
    public DataPreparation KeepTogether(string column) => With(Plan with { Group = column });

    /// <summary>Rows are tested only by models that learned from earlier ones.</summary>
    public DataPreparation InOrderOf(string column) => With(Plan with { Time = column });

    /// <summary>A column of non-negative row weights.</summary>
    public DataPreparation WeighBy(string column) => With(Plan with { Weight = column });

    /// <summary>The part of the rows that is set aside for the test before anything else happens.</summary>
    public DataPreparation SetAside(double testSize) => With(Plan with { TestSize = testSize });

    /// <summary>Where chance starts: the same seed gives the same split and the same model.</summary>
    public DataPreparation Seeded(ulong seed) => With(Plan with { Seed = seed });

    /// <summary>Fills gaps with what the training rows say, and marks where they were.</summary>
    public DataPreparation FillGaps(NumberFill numbers = NumberFill.Median) => Step("impute", ("numbers", Name(numbers)));

    /// <summary>Turns each category into a column a level.</summary>
    public DataPreparation SpreadCategories() => Step("one_hot");

    /// <summary>Brings numbers to a common scale.</summary>
    public DataPreparation Scale(ScaleMethod method = ScaleMethod.Standard) => Step("scale", ("method", Name(method)));

    /// <summary>Any step of the table of steps, after those before it.</summary>
    /// <param name="name">Such as <c>yeo_johnson</c> or <c>select_best</c>.</param>
    /// <param name="settings">Values in place of its defaults.</param>
    /// <exception cref="DataException">There is no such step or setting.</exception>
    public DataPreparation Step(string name, params (string Name, object Value)[] settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var step = new StepPlan(name) { Settings = settings.ToDictionary(one => one.Name, one => JsonSerializer.SerializeToNode(one.Value, ModelFileJson.Options)) };
        _ = PreparationSteps.Of([step]);
        return With(Plan with { Preparation = [.. Plan.Preparation ?? [], step] });
    }

    /// <summary>With an algorithm and values in place of its defaults.</summary>
    public DataPreparation Using(string algorithm, IReadOnlyDictionary<string, JsonNode?>? hyperparameters = null) =>
        With(Plan with { Algorithm = algorithm, Hyperparameters = hyperparameters ?? new Dictionary<string, JsonNode?>() });

    private DataPreparation With(TrainingPlan plan) => this with { Plan = plan };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
