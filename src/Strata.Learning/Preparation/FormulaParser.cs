using System.Globalization;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Recursive descent: sums of products of signed powers of atoms; powers bind to the right, as in <c>-2^2 = -4</c>.</summary>
internal sealed class FormulaParser(string text)
{
    private const int MostCharacters = 4000;
    private const int MostDepth = 64;

    private static readonly Dictionary<string, FormulaOperator> Functions = new(StringComparer.Ordinal)
    {
        ["log"] = FormulaOperator.Log,
        ["exp"] = FormulaOperator.Exp,
        ["sqrt"] = FormulaOperator.Sqrt,
        ["abs"] = FormulaOperator.Abs,
        ["min"] = FormulaOperator.Min,
        ["max"] = FormulaOperator.Max,
    };

    private readonly List<FormulaOperation> operations = [];
    private readonly List<string> columns = [];
    private int at;
    private int depth;

    public static bool IsPlainName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsNameCharacter) && !Functions.ContainsKey(name);

    public Formula Parse()
    {
        if (text.Length > MostCharacters)
        {
            throw new DataException($"The formula has {text.Length} characters; at most {MostCharacters} are read.");
        }

        Sum();
        return Next() == '\0' ? new Formula(text, operations, columns) : throw Wrong("an operator or the end");
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void Sum()
    {
        Product();
        while (Next() is '+' or '-')
        {
            FormulaOperator kind = text[at++] == '+' ? FormulaOperator.Add : FormulaOperator.Subtract;
            Product();
            operations.Add(new FormulaOperation(kind));
        }
    }

    private void Product()
    {
        Signed();
        while (Next() is '*' or '/')
        {
            FormulaOperator kind = text[at++] == '*' ? FormulaOperator.Multiply : FormulaOperator.Divide;
            Signed();
            operations.Add(new FormulaOperation(kind));
        }
    }

    private void Signed()
    {
        if (++depth > MostDepth)
        {
            throw new DataException($"The formula is nested deeper than {MostDepth} levels.");
        }

        if (Next() == '-')
        {
            at++;
            Signed();
            operations.Add(new FormulaOperation(FormulaOperator.Negate));
        }
        else
        {
            Power();
        }

        depth--;
    }

    private void Power()
    {
        Atom();
        if (Next() == '^')
        {
            at++;
            Signed();
            operations.Add(new FormulaOperation(FormulaOperator.Power));
        }
    }

    private void Atom()
    {
        char c = Next();
        if (c == '(')
        {
            at++;
            Sum();
            Take(')');
        }
        else if (c == '[')
        {
            Column(BracketedName());
        }
        else if (char.IsAsciiDigit(c) || c == '.')
        {
            Number();
        }
        else if (char.IsLetter(c) || c == '_')
        {
            int start = at;
            while (at < text.Length && IsNameCharacter(text[at]))
            {
                at++;
            }

            string name = text[start..at];
            if (Next() == '(')
            {
                Call(name, start);
            }
            else
            {
                Column(name);
            }
        }
        else
        {
            throw Wrong("a number, a column or '('");
        }
    }

    private void Call(string name, int start)
    {
        if (!Functions.TryGetValue(name, out FormulaOperator function))
        {
            at = start;
            throw Wrong($"one of the functions {string.Join(", ", Functions.Keys)}");
        }

        Take('(');
        Sum();
        int arguments = 1;
        for (; Next() == ','; arguments++)
        {
            at++;
            Sum();
            if (function is FormulaOperator.Min or FormulaOperator.Max)
            {
                operations.Add(new FormulaOperation(function));
            }
        }

        Take(')');
        bool several = function is FormulaOperator.Min or FormulaOperator.Max;
        if (several ? arguments < 2 : arguments != 1)
        {
            at = start;
            throw Wrong($"{name} with {(several ? "two or more arguments" : "one argument")}");
        }

        if (!several)
        {
            operations.Add(new FormulaOperation(function));
        }
    }

    private void Number()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.' || text[at] is 'e' or 'E' || (text[at] is '+' or '-' && at > start && text[at - 1] is 'e' or 'E')))
        {
            at++;
        }

        if (!double.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            at = start;
            throw Wrong("a number");
        }

        operations.Add(new FormulaOperation(FormulaOperator.Number, number));
    }

    private string BracketedName()
    {
        var name = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == ']')
            {
                at++;
                if (at >= text.Length || text[at] != ']')
                {
                    return name.ToString();
                }
            }

            name.Append(text[at]);
        }

        throw Wrong("']'");
    }

    private void Column(string name)
    {
        int place = columns.IndexOf(name);
        if (place < 0)
        {
            place = columns.Count;
            columns.Add(name);
        }

        operations.Add(new FormulaOperation(FormulaOperator.Column, Column: place));
    }

    private void Take(char expected)
    {
        if (Next() != expected)
        {
            throw Wrong($"'{expected}'");
        }

        at++;
    }

    /// <summary>The next character that is no space, or 0 at the end.</summary>
    private char Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private DataException Wrong(string expected) =>
        new($"Formula '{text}': expected {expected} at character {at + 1}{(at < text.Length ? $", found '{text[at]}'" : ", found the end")}.");
}
