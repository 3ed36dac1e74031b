using Strata.Server.OpenApi;

namespace Strata.Server.Custom;

/// <summary>The form that starts a session, custom or pretrained.</summary>
internal static class SessionForm
{
    public static FormField[] Fields { get; } =
    [
        new("model_type", FormFieldKind.Text, "The algorithm's name."),
        new("data_source", FormFieldKind.Text, "nasa, user or simulated."),
        new("dataset_name", FormFieldKind.Text, "kepler, tess or k2."),
        new("hyperparameters", FormFieldKind.Text, "A JSON object of values by name."),
        new("training_file", FormFieldKind.File, "The rows to learn from."),
        new("testing_file", FormFieldKind.File, "The rows to predict."),
    ];
}
