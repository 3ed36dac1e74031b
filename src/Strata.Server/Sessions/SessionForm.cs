using System.Globalization;
using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Server.Forms;
using Strata.Server.OpenApi;

namespace Strata.Server.Sessions;

/// <summary>The form that starts a session, custom or pretrained.</summary>
internal static class SessionForm
{
    public static FormField[] Fields { get; } =
    [
        new("model_type", FormFieldKind.Text, "The algorithm's name, or the pretrained model's."),
        new("data_source", FormFieldKind.Text, "nasa, user or simulated."),
        new("dataset_name", FormFieldKind.Text, "kepler, tess or k2."),
        new("hyperparameters", FormFieldKind.Text, "A JSON object of values by name."),
        new("mapping", FormFieldKind.Text, "A JSON object of quantity to the column of the files, where names are not the mission's own."),
        new("row_count", FormFieldKind.Text, "About how many rows to simulate."),
        new("seed", FormFieldKind.Text, "The seed of simulation, split and learner."),
        new("project", FormFieldKind.Text, "The id or name of the project that it belongs to; the usual one when left out."),
        new(SessionJob.TrainingInput, FormFieldKind.File, "The rows to learn from."),
        new(SessionJob.TestingInput, FormFieldKind.File, "The rows to predict."),
    ];

    /// <exception cref="DataException">A field has no such value; all problems at once.</exception>
    public static SessionRequest Request(UploadedForm form)
    {
        var problems = new List<string>();
        var request = new SessionRequest(
            form.Text("model_type"),
            Choice<SessionDataSource>(form, "data_source", problems),
            Choice<SurveyName>(form, "dataset_name", problems),
            form.Json<Dictionary<string, JsonElement>>("hyperparameters"),
            form.Json<Dictionary<string, string>>("mapping"),
            Number<int>(form, "row_count", problems),
            Number<ulong>(form, "seed", problems),
            form.Text("project"));
        DataException.ThrowIfAny(problems);
        return request;
    }

    private static T? Choice<T>(UploadedForm form, string name, List<string> problems)
        where T : struct, Enum
    {
        string? text = form.Text(name);
        T[] fitting = [.. Enum.GetValues<T>().Where(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))];
        if (text is not null && fitting.Length == 0)
        {
            problems.Add($"The field '{name}' is '{text}'; expected one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
        }

        return fitting.Length == 1 ? fitting[0] : null;
    }

    private static T? Number<T>(UploadedForm form, string name, List<string> problems)
        where T : struct, IParsable<T>
    {
        if (form.Text(name) is not string text)
        {
            return null;
        }

        if (T.TryParse(text, CultureInfo.InvariantCulture, out T number))
        {
            return number;
        }

        problems.Add($"The field '{name}' is '{text}'; expected a whole number.");
        return null;
    }
}
