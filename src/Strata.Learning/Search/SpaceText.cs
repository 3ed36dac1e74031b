using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Search;

/// <summary>
/// A parameter as people write it: <c>trees=50..500:log</c>, <c>depth=2..10:step=2</c>, <c>kernel=linear|rbf</c>, <c>bootstrap=true|false</c>; a condition follows an @, as in
/// <c>gamma=1e-4..1:log@kernel=rbf</c>.
/// </summary>
public static class SpaceText
{
    /// <param name="text">One parameter.</param>
    /// <param name="isInteger">Whether numbers of this name are whole; null takes bounds without a point for whole ones.</param>
    /// <exception cref="DataException">The text is of another form.</exception>
    public static Parameter Parse(string text, Func<string, bool?>? isInteger = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('@', 2);
        (string name, string range) = Halves(parts[0], '=') ?? throw Unreadable(text);
        Condition? condition = null;
        if (parts.Length == 2)
        {
            (string other, string values) = Halves(parts[1], '=') ?? throw Unreadable(text);
            condition = new Condition(other, values.Split('|', StringSplitOptions.TrimEntries));
        }

        Parameter parameter = range.Contains("..", StringComparison.Ordinal) ? Number(name, range, text, isInteger?.Invoke(name)) : Choice(name, range);
        return parameter with { When = condition };
    }

    /// <summary>The text from which <see cref="Parse"/> makes the parameter.</summary>
    public static string Of(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string range = parameter switch
        {
            NumberParameter number => $"{number.TextOf(number.Min)}..{number.TextOf(number.Max)}{(number.LogScale ? ":log" : string.Empty)}{(number.Step is double step ? $":step={number.TextOf(step)}" : string.Empty)}",
            ChoiceParameter choice => string.Join('|', choice.Choices),
            _ => string.Empty,
        };
        return $"{parameter.Name}={range}{(parameter.When is Condition condition ? $"@{condition}" : string.Empty)}";
    }

    private static NumberParameter Number(string name, string range, string text, bool? isInteger)
    {
        string[] parts = range.Split(':', StringSplitOptions.TrimEntries);
        string[] bounds = parts[0].Split("..", StringSplitOptions.TrimEntries);
        if (bounds.Length != 2 || !TryNumber(bounds[0], out double min) || !TryNumber(bounds[1], out double max))
        {
            throw Unreadable(text);
        }

        bool isWhole = isInteger ?? bounds.All(bound => bound.All(letter => char.IsAsciiDigit(letter) || letter is '-' or '+'));
        var number = new NumberParameter(name, min, max) { IsInteger = isWhole };
        foreach (string option in parts.Skip(1))
        {
            number = option == "log" ? number with { LogScale = true }
                : option.StartsWith("step=", StringComparison.Ordinal) && TryNumber(option["step=".Length..], out double step) ? number with { Step = step, IsInteger = isWhole && step == Math.Round(step) }
                : throw Unreadable(text);
        }

        return number;
    }

    private static ChoiceParameter Choice(string name, string range)
    {
        string[] choices = range.Split('|', StringSplitOptions.TrimEntries);
        return choices.Order(StringComparer.Ordinal).SequenceEqual(["false", "true"]) ? ChoiceParameter.Boolean(name) : new ChoiceParameter(name, choices);
    }

    private static (string, string)? Halves(string text, char separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        (string name, string rest) = at > 0 ? (text[..at].Trim(), text[(at + 1)..].Trim()) : (string.Empty, string.Empty);
        return name.Length > 0 && rest.Length > 0 ? (name, rest) : null;
    }

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static DataException Unreadable(string text) =>
        new($"The search space part '{text}' cannot be read; it takes NAME=MIN..MAX, NAME=MIN..MAX:log, NAME=MIN..MAX:step=S or NAME=A|B|C, and @OTHER=VALUE behind it for a condition.");
}
