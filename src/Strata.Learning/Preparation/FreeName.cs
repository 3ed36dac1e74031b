using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>A name for a new column that no column has yet.</summary>
internal static class FreeName
{
    /// <summary>The wanted name, or with the first number behind it that makes it free.</summary>
    public static string For(string wanted, Frame rows)
    {
        string name = wanted;
        for (int number = 2; rows.Contains(name); number++)
        {
            name = $"{wanted} ({number})";
        }

        return name;
    }
}
