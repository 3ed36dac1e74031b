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

    /// <summary>The values of an option that may be given several times.</summary>
    public IEnumerable<string> All(string name) => args.Index().Where(item => item.Item == $"--{name}" && item.Index + 1 < args.Length).Select(item => args[item.Index + 1]);

    public int Number(string name, int otherwise) => Text(name) is string text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
