using System.Text.Json.Nodes;

namespace Strata.Learning.Search;

/// <summary>The first line of a study's file: what the trials after it are of.</summary>
/// <param name="StrataStudy">The version of the file's format.</param>
/// <param name="Space">The parameters as text; see <see cref="SpaceText"/>. Whole numbers are marked in <paramref name="Integers"/>.</param>
/// <param name="Integers">Names of the parameters that take whole numbers only.</param>
/// <param name="Direction">Which values are good.</param>
/// <param name="Sampler">Name of the sampler.</param>
/// <param name="Seed">Where chance starts.</param>
/// <param name="Subject">What is tuned, on what; a study goes on only for the same subject. Null for none.</param>
internal sealed record StudyHeader(int StrataStudy, IReadOnlyList<string> Space, IReadOnlyList<string> Integers, Direction Direction, string Sampler, ulong Seed, JsonNode? Subject = null)
{
    public const int Version = 1;

    public SearchSpace ReadSpace() => new(Space.Select(text => SpaceText.Parse(text, name => Integers.Contains(name))));
}
