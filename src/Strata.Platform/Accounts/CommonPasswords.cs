using System.Collections.Frozen;

namespace Strata.Platform.Accounts;

/// <summary>
/// Passwords that guessing begins with. They are few patterns with many variations, so they are told by their pattern: a usual word or a walk over the
/// keyboard, letters replaced by look-alikes, with digits or a sign behind or before it.
/// </summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> Words = """
        password passwort passw pass motdepasse contrasena contrasenya senha parola haslo wachtwoord lozinka salasana
        admin administrator root user guest test tester testing demo login welcome willkommen bienvenue bienvenido changeme change default letmein secret
        geheim master manager system server service support public private access enter computer internet windows linux ubuntu oracle cisco samsung google
        iloveyou loveyou love lovely loveme ilove forever friend friends family mother father brother sister princess prince angel angels baby babygirl
        sunshine summer winter spring autumn sommer herbst monday friday sunday january february march april june july august september october november december
        dragon monkey tiger lion eagle panther horse wolf bear shadow phoenix falcon dolphin butterfly chicken turtle bunny kitten puppy snoopy
        football soccer baseball basketball hockey tennis golf golfer skate skating racing
        superman batman spiderman ironman starwars star trek pokemon pikachu naruto goku mario zelda matrix hunter ninja killer warrior samurai pirate wizard merlin
        michael jordan jennifer jessica ashley daniel thomas robert andrew joshua matthew michelle nicole amanda samantha charlie george harley maggie ginger
        buster pepper cookie chocolate cheese banana orange apple cherry lemon coffee whatever trustno nothing freedom liberty america england london paris berlin
        chelsea arsenal liverpool barcelona madrid juventus
        mustang ferrari porsche mercedes corvette yamaha honda toyota
        flower flowers rainbow purple yellow green silver golden diamond heaven jesus christ blessed faith grace
        hello hallo bonjour hola goodluck lucky happy smile peace power magic music guitar dancer metal rocknroll
        money million dollar rich boss king queen
        qwerty qwertz azerty qwertyuiop qwertzuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc wasd dvorak
        abc abcd abcdef abcdefg abcdefgh abcabc xyz aaa asd zaq zaqwsx qaz wsx
        strata training model models science data dataset
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many digits and signs may stand around a word that still is what everybody tries.</summary>
    private const int MostAround = 6;

    private static readonly char[] Around = [.. "0123456789!?.,-_*#$@%&+= "];

    public static bool Contains(string password)
    {
        string plain = password.Trim().ToLowerInvariant();
        return IsDigits(plain) || IsRepeated(plain) || IsWalk(plain) || IsWord(plain);
    }

    /// <summary>Only digits: a date, a telephone number, or the row of keys.</summary>
    private static bool IsDigits(string text) => text.Length <= 12 && text.All(char.IsAsciiDigit);

    /// <summary>A short piece again and again, such as <c>abcabcabc</c> or <c>11111111</c>.</summary>
    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, Math.Min(4, text.Length / 2)).Any(period => Enumerable.Range(period, text.Length - period).All(i => text[i] == text[i - period]));

    /// <summary>Neighbours on the keyboard or in the alphabet, such as <c>1q2w3e4r</c>, <c>zaq12wsx</c> or <c>abcdefgh</c>.</summary>
    private static bool IsWalk(string text)
    {
        int steps = Enumerable.Range(1, Math.Max(0, text.Length - 1)).Count(i => Math.Abs(text[i] - text[i - 1]) <= 1 || AreNeighbours(text[i - 1], text[i]));
        return text.Length <= 16 && steps >= (text.Length - 1) * 0.85;
    }

    private static bool AreNeighbours(char one, char other)
    {
        string[] rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
        (int Row, int Column)? Place(char letter) =>
            Enumerable.Range(0, rows.Length).Select(row => ((int Row, int Column)?)(row, rows[row].IndexOf(letter, StringComparison.Ordinal))).FirstOrDefault(place => place!.Value.Column >= 0);
        return Place(one) is { } from && Place(other) is { } to && Math.Abs(from.Row - to.Row) <= 1 && Math.Abs(from.Column - to.Column) <= 1;
    }

    /// <summary>A usual word, or two of them, that digits and signs stand around.</summary>
    private static bool IsWord(string text) => new[] { text, Unmask(text), Unmask(text.Trim(Around)) }.Any(reading =>
    {
        string core = reading.Trim(Around);
        string letters = string.Concat(core.Where(char.IsLetter));
        return text.Length - letters.Length <= MostAround && (Words.Contains(letters) || IsTwoWords(letters));
    });

    private static bool IsTwoWords(string text) => Enumerable.Range(3, Math.Max(0, text.Length - 5)).Any(cut => cut < text.Length && Words.Contains(text[..cut]) && Words.Contains(text[cut..]));

    /// <summary>Look-alikes back to the letters that they stand for.</summary>
    private static string Unmask(string text) => string.Concat(text.Select(letter => letter switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => letter,
    }));
}
