using Strata.Learning.Data;

namespace Strata.Learning.Trees;

/// <summary>Brings another table's classes to a model's.</summary>
internal static class TargetCodes
{
    /// <summary>The signature's code for each class code of the target, found by name; empty for numbers.</summary>
    /// <exception cref="DataException">The target is of another kind, or has classes that the signature lacks.</exception>
    public static int[] In(ModelSignature signature, Target target)
    {
        if (signature.Task.IsClassification() != target.Task.IsClassification())
        {
            string expected = signature.Task.IsClassification() ? "a class" : "a number", given = target.Task.IsClassification() ? "classes" : "numbers";
            throw new DataException($"The model predicts {expected}, but target '{target.Name}' holds {given}.");
        }

        var known = signature.Classes.Index().ToDictionary(row => row.Item, row => row.Index, StringComparer.Ordinal);
        int[] codes = [.. target.Classes.Select(name => known.GetValueOrDefault(name, -1))];
        if (target is ClassTarget classes)
        {
            string[] unknown = [.. classes.Codes.Distinct().Where(code => codes[code] < 0).Select(code => classes.Classes[code])];
            if (unknown.Length > 0)
            {
                throw new DataException($"Target '{target.Name}' has {NearNames.List(unknown, 5)}, which the model does not know; it knows {NearNames.List([.. signature.Classes], 12)}.");
            }
        }

        return codes;
    }
}
