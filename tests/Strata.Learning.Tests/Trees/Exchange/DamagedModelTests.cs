using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees.Exchange;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees.Exchange;

public sealed partial class DamagedModelTests
{
    private static readonly string[] Damaged = ["xgboost_categories", "xgboost_dart", "xgboost_ubjson", "xgboost_two_of_softmax", "lightgbm_named_categories", "lightgbm_multiclass", "lightgbm_zero_as_missing"];

    public static TheoryData<string> Names => [.. Damaged];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_refused_or_still_a_model_that_predicts(string name)
    {
        ExchangeFixture fixture = ExchangeFixture.Read(name);
        byte[] whole = File.ReadAllBytes(fixture.ModelPath);
        var chance = new RandomSource(17);
        int refused = 0;
        for (int i = 0; i < 120; i++)
        {
            byte[] damaged = Damage(whole, chance, isText: !name.EndsWith("ubjson", StringComparison.Ordinal));
            try
            {
                IModel model = ModelImport.Read(damaged).Model;
                Frame rows = Any(model);
                model.Predict(rows).Values.Length.ShouldBePositive();
                ModelExport.Of(model, TreeModelFormat.Lightgbm).Content.Length.ShouldBePositive();
            }
            catch (Exception e) when (e is ModelFileException or DataException)
            {
                e.Message.ShouldNotBeNullOrWhiteSpace();
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(25);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_is_cut_off_anywhere_is_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(ExchangeFixture.Read(name).ModelPath);
        int trees = Encoding.Latin1.GetString(whole) is var text && text.IndexOf("end of trees", StringComparison.Ordinal) is >= 0 and int end ? end : whole.Length - 1;

        foreach (int length in Enumerable.Range(0, 40).Select(i => trees * i / 40))
        {
            Should.Throw<ModelFileException>(() => ModelImport.Read(whole.AsMemory(0, length)), $"{length} bytes");
        }
    }

    [Theory]
    [InlineData("xgboost_regression", "\"left_children\":[1,", "\"left_children\":[0,", "trees[0]", "child 0")]
    [InlineData("xgboost_regression", "\"split_indices\":[", "\"split_indices\":[7", "trees[0]", "column")]
    [InlineData("xgboost_regression", "\"num_feature\":\"5\",\"num_target\"", "\"num_feature\":\"6\",\"num_target\"", "num_feature is 6")]
    [InlineData("xgboost_regression", "\"base_score\":\"9.75E1\"", "\"base_score\":\"much\"", "learner_model_param.base_score", "is \"much\"")]
    [InlineData("xgboost_regression", "\"name\":\"reg:squarederror\"", "\"name\":\"reg:mine\"", "'reg:mine'", "reg:squarederror")]
    [InlineData("xgboost_regression", "\"name\":\"gbtree\"", "\"name\":\"gblinear\"", "linear model")]
    [InlineData("xgboost_binary_gaps", "\"name\":\"binary:logistic\"", "\"name\":\"binary:hinge\"", "without a probability")]
    [InlineData("xgboost_dart", "\"weight_drop\":[", "\"weight_drop\":[1,", "weights of trees")]
    [InlineData("xgboost_categories", "\"split_type\":[", "\"split_type\":[2,", "split_type")]
    [InlineData("lightgbm_regression", "num_leaves=12", "num_leaves=13", "leaf_value", "has 12 values", "expected 13")]
    [InlineData("lightgbm_regression", "max_feature_idx=4", "max_feature_idx=9", "Line 8 (feature_names)")]
    [InlineData("lightgbm_regression", "objective=regression", "objective=multiclassova num_class:3 sigmoid:1", "Line 7 (objective)", "need not sum to 1")]
    [InlineData("lightgbm_regression", "objective=regression", "objective=regression sqrt", "square of its score")]
    [InlineData("lightgbm_regression", "is_linear=0", "is_linear=1", "linear leaves")]
    [InlineData("lightgbm_regression", "Tree=9\n", "", "cut off or damaged")]
    [InlineData("lightgbm_codes", "cat_boundaries=0 ", "cat_boundaries=5 ", "cat_boundaries")]
    public void What_is_wrong_is_told_with_its_place(string name, string part, string replacement, params string[] told)
    {
        string text = File.ReadAllText(ExchangeFixture.Read(name).ModelPath);
        text.ShouldContain(part);
        int at = text.IndexOf(part, StringComparison.Ordinal);

        string message = Should.Throw<ModelFileException>(() => ModelImport.Read(Encoding.UTF8.GetBytes(text[..at] + replacement + text[(at + part.Length)..]))).Message;

        foreach (string word in told)
        {
            message.ShouldContain(word);
        }
    }

    [Theory]
    [InlineData("binf\u0000\u0000\u0000?", "old binary format")]
    [InlineData("binf\u0000\u0000\u0000?", "save_model('NEW.json')")]
    [InlineData("\u0000\u0000\u0000?\u0005\u0000\u0000\u0000", "old binary format")]
    [InlineData("\u0080\u0004\u0095", "pickle")]
    [InlineData("CBM1", "CatBoost")]
    [InlineData("[{\"nodeid\": 0}]", "dump")]
    [InlineData("", "empty")]
    [InlineData("a,b\n1,2\n", "neither")]
    public void Other_files_are_refused_with_what_to_do_instead(string content, string told) =>
        Should.Throw<ModelFileException>(() => ModelImport.Read(Encoding.Latin1.GetBytes(content))).Message.ShouldContain(told);

    [Fact]
    public void Absurd_sizes_in_small_files_cost_nothing()
    {
        string lightgbm = File.ReadAllText(ExchangeFixture.Read("lightgbm_codes").ModelPath);
        string xgboost = File.ReadAllText(ExchangeFixture.Read("xgboost_categories").ModelPath);
        long before = GC.GetAllocatedBytesForCurrentThread();

        foreach (string hostile in (string[])
        [
            lightgbm.Replace("num_leaves=12", "num_leaves=9999999", StringComparison.Ordinal),
            lightgbm.Replace("num_cat=", "num_cat=99", StringComparison.Ordinal),
            lightgbm.Replace("cat_boundaries=0 1", "cat_boundaries=0 2147483647", StringComparison.Ordinal),
            xgboost.Replace("\"num_trees\":\"10\"", "\"num_trees\":\"9999999\"", StringComparison.Ordinal),
            xgboost.Replace("\"num_class\":\"0\"", "\"num_class\":\"2000000000\"", StringComparison.Ordinal),
            xgboost.Replace("\"categories_sizes\":[", "\"categories_sizes\":[2147483647,", StringComparison.Ordinal),
        ])
        {
            Should.Throw<ModelFileException>(() => ModelImport.Read(Encoding.UTF8.GetBytes(hostile)));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50_000_000);
    }

    /// <summary>Changes a byte, a number, or a stretch of the file.</summary>
    private static byte[] Damage(byte[] whole, RandomSource chance, bool isText)
    {
        int at = chance.NextInt(whole.Length), length = Math.Min(1 + chance.NextInt(30), whole.Length - at);
        switch (chance.NextInt(isText ? 5 : 4))
        {
            case 0:
                return [.. whole[..at], (byte)chance.NextInt(256), .. whole[(at + 1)..]];
            case 1:
                return [.. whole[..at], .. whole[(at + length)..]];
            case 2:
                return [.. whole[..(at + length)], .. whole[at..]];
            case 3:
                return [.. whole[..at], (byte)(whole[at] ^ (1 << chance.NextInt(8))), .. whole[(at + 1)..]];
            default:
                string text = Encoding.UTF8.GetString(whole);
                string[] numbers = ["-1", "0", "3", "99999999999", "1e999", "nan", "-2147483648", "7.5"];
                Match number = Number().Match(text, Math.Min(at, text.Length - 200));
                return Encoding.UTF8.GetBytes(number.Success ? text[..number.Index] + numbers[chance.NextInt(numbers.Length)] + text[(number.Index + number.Length)..] : text);
        }
    }

    private static Frame Any(IModel model) => new(model.Signature.Features.Columns.Select(column => (Column)(column.Levels is { } levels
        ? new CategoryColumn(column.Name, [-1, 0, levels.Count - 1], levels.Count == 0 ? [""] : levels)
        : new Float64Column(column.Name, [double.NaN, 0, 1.5]))));

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
