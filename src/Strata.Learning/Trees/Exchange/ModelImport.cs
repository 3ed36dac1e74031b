using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Reads models of trees that XGBoost or LightGBM wrote; what comes back predicts what they predict.</summary>
public static class ModelImport
{
    private const long MostBytes = 1L << 30;

    private const string Convert = "python3 -c \"import xgboost; xgboost.Booster(model_file='OLD').save_model('NEW.json')\"";

    /// <summary>Reads a file; which program wrote it is seen from its first bytes.</summary>
    /// <exception cref="ModelFileException">The bytes are no model of a known format, are damaged, or hold what cannot be expressed; the message says where and why.</exception>
    /// <exception cref="DataException">The options do not suit the file.</exception>
    public static ImportedModel Read(string path, ImportOptions? options = null)
    {
        long length = new FileInfo(path).Length;
        return length <= MostBytes
            ? Read(File.ReadAllBytes(path), options)
            : throw new ModelFileException($"The file has {length >> 20} MB; at most {MostBytes >> 20} MB are read.");
    }

    /// <inheritdoc cref="Read(string, ImportOptions?)"/>
    public static ImportedModel Read(ReadOnlyMemory<byte> bytes, ImportOptions? options = null)
    {
        ReadOnlyMemory<byte> content = bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        ForeignModel model = FormatOf(content.Span) switch
        {
            TreeModelFormat.Lightgbm => LightgbmReader.Read(content.Span),
            _ => XgboostReader.Read(Ubjson.Is(content.Span) ? Ubjson.ToJson(content.Span) : content),
        };
        return ImportAssembly.Of(model, options ?? new ImportOptions());
    }

    private static TreeModelFormat FormatOf(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes[..Math.Min(bytes.Length, 4096)].TrimStart(" \t\r\n"u8);
        if (start.StartsWith("tree\n"u8) || start.StartsWith("tree\r"u8))
        {
            return TreeModelFormat.Lightgbm;
        }

        if (start.StartsWith("{"u8))
        {
            return start.IndexOf("\"tree_info\""u8) >= 0 && start.IndexOf("\"learner\""u8) < 0 && start.IndexOf("\"version\""u8) >= 0
                ? throw new ModelFileException("This is LightGBM's dump_model(), which is made for reading. Save the model with booster.save_model('model.txt').")
                : TreeModelFormat.Xgboost;
        }

        throw new ModelFileException(Refusal(start));
    }

    private static string Refusal(ReadOnlySpan<byte> start) =>
        start.IsEmpty ? "The file is empty."
        : start.StartsWith("["u8) ? "This looks like a dump of trees, which lacks the objective and the base score. Save the model itself: XGBoost booster.save_model('model.json'), LightGBM booster.save_model('model.txt')."
        : start[0] == 0x80 ? "This is a Python pickle, which runs code when it is read. Load it in Python and save the model itself: XGBoost model.save_model('model.json'), LightGBM model.booster_.save_model('model.txt')."
        : start.StartsWith("CBM1"u8) ? "This is a CatBoost model, which is not read. XGBoost JSON and LightGBM text models are."
        : start.StartsWith("PK"u8) ? "This is a zip; a Strata model file needs no import."
        : start.StartsWith("binf"u8) || start.StartsWith("bs64"u8) || start.IndexOf((byte)0) >= 0 ? $"This looks like XGBoost's old binary format, which changes between versions and platforms and is gone since XGBoost 3.1. Convert it with the XGBoost that wrote it: {Convert}"
        : "This is neither an XGBoost JSON model (it begins with '{') nor a LightGBM text model (its first line is 'tree').";
}
