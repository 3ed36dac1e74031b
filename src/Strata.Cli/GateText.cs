using System.Globalization;
using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary>A gate as it is written on the command line: <c>kind[:metric][=bound]</c>.</summary>
internal static class GateText
{
    /// <exception cref="DataException">It cannot be understood.</exception>
    public static GateView Read(string text)
    {
        string[] sides = text.Split('=', 2), names = sides[0].Split(':', 2);
        GateKind[] known = [.. Enum.GetValues<GateKind>().Where(kind => NameOf(kind) == names[0])];
        if (known.Length == 0)
        {
            throw new DataException($"There is no gate '{names[0]}'; expected one of {string.Join(", ", Enum.GetValues<GateKind>().Select(NameOf))}.");
        }

        double bound = 0;
        if (sides.Length == 2 && !double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out bound))
        {
            throw new DataException($"The bound of the gate '{text}' is '{sides[1]}'; expected a number.");
        }

        return new GateView(known[0], names.Length == 2 ? names[1] : null, sides.Length == 2 ? bound : null);
    }

    private static string NameOf(GateKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
