namespace Strata.Platform.Accounts;

/// <summary>Nobody is let in with what was shown. The message is the same whether the name or the password is wrong.</summary>
public sealed class LogInException(string message) : Exception(message)
{
    public static LogInException Wrong => new("The name or the password is wrong.");

    public static LogInException WrongCode => new("The code is wrong, too old, or was used before.");

    public static LogInException Ended => new("The session has ended. Log in again.");
}

/// <summary>Name and password are right, and a code of the second factor is needed besides.</summary>
public sealed class CodeNeededException() : Exception("Give the code that your authenticator app shows, or a recovery code.");

/// <summary>Too many log-ins have failed; the next is looked at when the wait is over.</summary>
public sealed class TooManyLogInsException(TimeSpan wait) : Exception($"Too many log-ins have failed. Try again in {Math.Ceiling(wait.TotalMinutes):0} minutes.")
{
    public TimeSpan Wait { get; } = wait;
}
