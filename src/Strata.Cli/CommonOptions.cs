using System.CommandLine;

namespace Strata.Cli;

/// <summary>Options that several commands share, each worded once.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON object on standard output." };

    public static Option<string[]> Metrics() => new("--metric") { Description = "A metric to measure beside the usual ones, such as f_beta:2; may be given several times. See 'strata metrics'.", HelpName = "METRIC" };

    public static Option<int?> Threads()
    {
        var option = new Option<int?>("--threads") { Description = "How many threads to use; all when not given." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 1024)
            {
                result.AddError("--threads takes a whole number from 1 to 1024.");
            }
        });
        return option;
    }

    /// <summary>A number of seconds above 0; null when not given.</summary>
    public static Option<double?> Seconds(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "SECONDS" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is double seconds && !(seconds is > 0 and <= 1e7))
            {
                result.AddError($"{name} takes a number of seconds above 0.");
            }
        });
        return option;
    }

    public static TimeSpan? TimeOf(double? seconds) => seconds is double given ? TimeSpan.FromSeconds(given) : null;

    public static Argument<string> Model() => new("model") { Description = "A model file (.strata)." };
}
