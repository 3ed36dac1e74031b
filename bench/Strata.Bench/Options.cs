using System.Globalization;

namespace Strata.Bench;

/// <summary>Options given as <c>--name value</c>.</summary>
internal sealed class Options(string[] args)
{
    public string? Text(string name)
    {
        int at = Array.IndexOf(args, $"--{name}");
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    public int Number(string name, int otherwise) => Text(name) is string text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
