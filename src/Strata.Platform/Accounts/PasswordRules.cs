using Strata.Learning.Data;

namespace Strata.Platform.Accounts;

/// <summary>What a password must be: long enough, and none that everybody tries first. Any characters, no rules of composition.</summary>
internal static class PasswordRules
{
    public const int Shortest = 8;
    public const int Longest = 256;

    /// <exception cref="DataException">It is too short, too long, common, or the user's name.</exception>
    public static void Check(string password, string userName)
    {
        if (password.Length is < Shortest or > Longest)
        {
            throw new DataException($"The password has {password.Length} characters; it takes {Shortest} to {Longest}.");
        }

        if (CommonPasswords.Contains(password) || CommonPasswords.Contains(Without(password, userName)))
        {
            throw new DataException("The password is among those that are tried first. Take a longer one, such as four words that have nothing to do with one another.");
        }
    }

    /// <summary>A password that is the name with something usual behind it is as good as the usual alone.</summary>
    private static string Without(string password, string userName) => userName.Length >= 3 && password.Contains(userName, StringComparison.OrdinalIgnoreCase)
        ? $"password{password.Replace(userName, string.Empty, StringComparison.OrdinalIgnoreCase)}"
        : password;
}
