using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Models;
using Strata.Server.Forms;
using Strata.Solutions;
using Strata.Solutions.Exoplanets;

namespace Strata.Server.Models;

/// <summary>What somebody wants predicted, whether it came as JSON or as a file.</summary>
/// <param name="Rows">The rows under the names that the model knows.</param>
/// <param name="Reasons">How reasons are wanted; null when they are not.</param>
/// <param name="Notes">What was repaired while reading.</param>
/// <param name="Table">The rows as they were sent.</param>
/// <param name="Keep">Columns of the table that are to stand beside the answers; null for those that tell rows apart.</param>
internal sealed record PredictionOrder(Frame Rows, ReasonRequest? Reasons, IReadOnlyList<string> Notes, Frame Table, IReadOnlyList<string>? Keep)
{
    public static async Task<PredictionOrder> Read(HttpRequest request, ModelSignature signature, string project, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        if (!UploadedForm.IsForm(request))
        {
            return Of(await request.ReadJson<PredictionRequest>(cancellation).ConfigureAwait(false), signature);
        }

        UploadedForm form = await UploadedForm.Read(request, platform, cancellation).ConfigureAwait(false);
        await using (form.ConfigureAwait(false))
        {
            return await Of(form, signature, project, platform, options, cancellation).ConfigureAwait(false);
        }
    }

    public static PredictionOrder Of(PredictionRequest asked, ModelSignature signature)
    {
        Frame table = JsonRows.ToFrame(asked.Rows);
        return Of(ColumnMapping.Apply(table, asked.Mapping, signature), Wanted(asked.Explain, asked.Reasons), [], signature, table, asked.Keep);
    }

    public static async Task<PredictionOrder> Of(UploadedForm form, ModelSignature signature, string project, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        UploadedFile file = form.RequiredFile("file");
        Dictionary<string, string>? mapping = form.Json<Dictionary<string, string>>("mapping");
        TableLayout layout = form.Layout();
        TableReadOptions reading = layout.In(OptionsFor(signature, mapping));
        (Frame rows, IReadOnlyList<string> notes) = PackedRows.IsPacked(file)
            ? await PackedRows.Read(file, reading, layout, project, platform, options, cancellation).ConfigureAwait(false)
            : Text(TableFile.Read(file.Open(), file.Name, reading, cancellation));
        return Of(ColumnMapping.Apply(rows, mapping, signature), Wanted(form.Flag("explain"), form.Json<ReasonRequest>("reasons")), notes, signature, rows, form.Json<string[]>("keep"));
    }

    /// <summary>The columns that stand beside the answers.</summary>
    /// <exception cref="DataException">A column that is asked for is not there.</exception>
    public Frame KeptFor(StoredModel model, ModelSignature signature, StrataPlatform platform)
    {
        if (Keep is not null)
        {
            return Table.Select(Keep.Distinct(StringComparer.Ordinal));
        }

        if (!Table.Names.Except(signature.Features.Names, StringComparer.Ordinal).Any())
        {
            // The model reads every column: none was set aside, and the run need not be looked up.
            return new Frame();
        }

        SetAsideColumns learned = SetAsideColumns.Of(model.RunId is string run ? platform.Runs.Find(run)?.Plan : null);
        TablePreset? preset = model.Preset is string name ? Solution.PresetOf(name) : null;
        return new SetAsideColumns(learned.Group ?? preset?.Group, [.. learned.Dropped, .. preset?.DropIn(Table.Schema) ?? []]).IdentifiersIn(Table);
    }

    private static ReasonRequest? Wanted(bool explain, ReasonRequest? reasons) => reasons ?? (explain ? new ReasonRequest() : null);

    /// <summary>A survey's own table is turned into the quantities that a shipped model knows.</summary>
    private static PredictionOrder Of(Frame rows, ReasonRequest? reasons, IReadOnlyList<string> notes, ModelSignature signature, Frame table, IReadOnlyList<string>? keep) =>
        SurveyTranslation.Of(rows, signature.Features) is SurveyTranslation translation
            ? new PredictionOrder(translation.Rows, reasons, [.. notes, translation.Note], table, keep)
            : new PredictionOrder(rows, reasons, notes, table, keep);

    private static (Frame Rows, IReadOnlyList<string> Notes) Text(TableReading reading) => (reading.Frame, reading.Notes);

    /// <summary>What the model holds as categories stays the text it is, under the name that the file has for it.</summary>
    private static TableReadOptions OptionsFor(ModelSignature signature, Dictionary<string, string>? mapping) => new TableReadOptions().Suiting(new Schema(
        [.. signature.Features.Columns.Select(column => mapping?.GetValueOrDefault(column.Name) is string given ? column with { Name = given } : column)]));
}
