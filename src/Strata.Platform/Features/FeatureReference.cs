using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>How a feature is named: <c>group:feature</c>, or <c>group@2:feature</c> for a version other than the newest.</summary>
public sealed record FeatureReference(string Group, int? Version, string Feature)
{
    /// <exception cref="DataException">The text is no name of a feature.</exception>
    public static FeatureReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split(':') is [string group, { Length: > 0 } feature])
        {
            switch (group.Split('@'))
            {
                case [{ Length: > 0 } name]:
                    return new FeatureReference(name, null, feature);
                case [{ Length: > 0 } name, string number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int version):
                    return new FeatureReference(name, version, feature);
            }
        }

        throw new DataException($"A feature is named '{text}'; expected group:feature, or group@2:feature for a version.");
    }
}
