using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Strata.Architecture.Tests;

public class RegexTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>A pattern that goes back over its text can take for ever over a text made for that.</summary>
    [Fact]
    public void Every_pattern_walks_its_text_once_or_has_a_time_limit()
    {
        var patterns = (from project in new[] { "Strata.Learning", "Strata.Solutions", "Strata.Platform", "Strata.Client", "Strata.Server" }
                        from type in Assembly.Load(project).GetTypes()
                        from member in type.GetMembers(All)
                        let pattern = member.GetCustomAttribute<GeneratedRegexAttribute>()
                        where pattern is not null
                        select (Name: $"{type.Name}.{member.Name}", pattern.Options, pattern.MatchTimeoutMilliseconds)).ToArray();
        patterns.Length.ShouldBeGreaterThan(5);
        patterns.Where(pattern => !pattern.Options.HasFlag(RegexOptions.NonBacktracking) && pattern.MatchTimeoutMilliseconds <= 0).Select(pattern => pattern.Name).ShouldBeEmpty();
    }
}
