using System.Globalization;
using System.Reflection;

namespace Strata.Learning;

/// <summary>Whether a recipe that comes from a file keeps to the ranges that its hyperparameters declare.</summary>
internal static class DeclaredRanges
{
    public static bool Hold(object recipe) => recipe.GetType().GetProperties().All(property =>
        property.GetCustomAttribute<HyperparameterAttribute>() is not HyperparameterAttribute declared || Holds(property.GetValue(recipe), declared));

    private static bool Holds(object? value, HyperparameterAttribute declared) => value switch
    {
        Enum one => Enum.IsDefined(one.GetType(), one),
        int or long or double => Convert.ToDouble(value, CultureInfo.InvariantCulture) is double number && number >= declared.Min && number <= declared.Max,
        _ => true,
    };
}
