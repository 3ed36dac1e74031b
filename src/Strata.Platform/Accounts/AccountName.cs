using System.Text;
using Strata.Learning.Data;

namespace Strata.Platform.Accounts;

/// <summary>Names of users, teams, projects and tokens: short, visible, and told apart without regard to case.</summary>
internal static class AccountName
{
    private const int Longest = 100;

    /// <summary>What makes two names the same.</summary>
    public static string Key(string name) => name.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>The name without outer blanks.</summary>
    /// <exception cref="DataException">It is empty, too long, or has letters that cannot be seen.</exception>
    public static string Checked(string noun, string name)
    {
        string problem = Problem(noun, name);
        return problem.Length == 0 ? name.Trim() : throw new DataException(problem);
    }

    /// <summary>A name that people type to log in: no blanks within, so that it is the same in a form, a script and an address.</summary>
    /// <exception cref="DataException">It is no such name.</exception>
    public static string CheckedLogIn(string name)
    {
        string trimmed = Checked("user", name);
        return trimmed.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@' or '+')
            ? trimmed
            : throw new DataException($"The user name '{Visible(trimmed)}' has other characters than letters, digits and . - _ @ +.");
    }

    private static string Problem(string noun, string name)
    {
        string trimmed = name.Trim();
        if (trimmed.Length is 0 or > Longest)
        {
            return $"The name of a {noun} has {trimmed.Length} characters; it takes 1 to {Longest}.";
        }

        return trimmed.Any(char.IsControl) || !trimmed.IsNormalized() || trimmed.EnumerateRunes().Any(IsInvisible) ? $"The name of the {noun} '{Visible(trimmed)}' has characters that cannot be seen." : string.Empty;
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate or System.Globalization.UnicodeCategory.OtherNotAssigned;

    private static string Visible(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)));
}
