using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Platform.Datasets;
using Strata.Server.OpenApi;

namespace Strata.Server.Forms;

/// <summary>The fields by which a form says how rows and arrays stand in its file.</summary>
internal static class LayoutFields
{
    public static FormField[] All { get; } =
    [
        new("series_id", FormFieldKind.Text, "For a table with one row a step: the column whose equal values are one series."),
        new("series_time", FormFieldKind.Text, "For a table with one row a step: the column that orders the steps; the order of the file when left out."),
        new("series_channels", FormFieldKind.Text, "For a table with one row a step: a JSON array of the columns that become channels; all numbers that change when left out."),
        new("arrays", FormFieldKind.Text, "What stored arrays are, where their sizes leave that open: series, image or points."),
    ];

    /// <exception cref="DataException">A field goes only with another, or is none of the kinds.</exception>
    public static TableLayout Layout(this UploadedForm form)
    {
        string? id = form.Text("series_id"), time = form.Text("series_time"), arrays = form.Text("arrays");
        string[]? channels = form.Json<string[]>("series_channels");
        if (id is null && (time is not null || channels is not null))
        {
            throw new DataException("The form has 'series_time' or 'series_channels' without 'series_id', the column whose equal values are one series.");
        }

        return new TableLayout
        {
            Series = id is null ? null : new LongSeries(id, time, channels),
            ArrayType = arrays is null ? null : Kind(arrays),
        };
    }

    private static ColumnType Kind(string text) => Enum.TryParse(text, ignoreCase: true, out ColumnType type) && type.IsArray()
        ? type
        : throw new DataException($"'arrays' is '{text}'; expected series, image or points.");
}
