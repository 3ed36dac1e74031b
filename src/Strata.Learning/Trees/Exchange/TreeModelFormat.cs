using System.Text.Json;
using Strata.Learning.Data;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Another program's file of a tree model.</summary>
public enum TreeModelFormat
{
    /// <summary>XGBoost's JSON (or UBJSON) model.</summary>
    Xgboost,

    /// <summary>LightGBM's text model.</summary>
    Lightgbm,
}

/// <summary>The formats' names for people and for the command line.</summary>
public static class TreeModelFormats
{
    public static string Title(this TreeModelFormat format) => format == TreeModelFormat.Xgboost ? "XGBoost" : "LightGBM";

    /// <summary>The name in snake case, as options and the catalog have it.</summary>
    public static string Word(this TreeModelFormat format) => JsonNamingPolicy.SnakeCaseLower.ConvertName(format.ToString());

    /// <exception cref="DataException">There is no such format.</exception>
    public static TreeModelFormat Named(string word) => Enum.GetValues<TreeModelFormat>().Where(format => format.Word() == word).Select(format => (TreeModelFormat?)format).FirstOrDefault()
        ?? throw new DataException($"There is no format '{word}'. There are: {string.Join(", ", Enum.GetValues<TreeModelFormat>().Select(Word))}.");
}
