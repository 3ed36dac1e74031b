using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Strata.Cli;

/// <summary>Options that take one of an enum's names, in snake case as everywhere.</summary>
internal static class ChoiceOption
{
    /// <summary>With the names in its help.</summary>
    public static Option<TEnum> Of<TEnum>(string name, string description, TEnum usual)
        where TEnum : struct, Enum => new(name) { Description = $"{description} One of {Names<TEnum>()}.", DefaultValueFactory = _ => usual, CustomParser = Named<TEnum> };

    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static TEnum Named<TEnum>(ArgumentResult result)
        where TEnum : struct, Enum
    {
        string given = result.Tokens[0].Value;
        foreach (TEnum value in Enum.GetValues<TEnum>())
        {
            if (Name(value) == given)
            {
                return value;
            }
        }

        result.AddError($"'{given}' is none of {Names<TEnum>()}.");
        return default;
    }

    private static string Names<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(Name));
}
