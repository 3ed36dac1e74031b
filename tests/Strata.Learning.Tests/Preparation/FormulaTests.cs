using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

public class FormulaTests
{
    private static readonly Frame Row = new(
        new Float64Column("a", [3]), new Int64Column("b", [4]), new Float64Column("orbital period [days]", [100]), new Float64Column("gap", [double.NaN]), new BooleanColumn("yes", [true]), CategoryColumn.Of("word", ["x"]));

    [Theory]
    [InlineData("a + b * 2", 11)]
    [InlineData("(a + b) * 2", 14)]
    [InlineData("a - b - 1", -2)]
    [InlineData("a / b / 2", 0.375)]
    [InlineData("-a ^ 2", -9)]
    [InlineData("2 ^ -a", 0.125)]
    [InlineData("2 ^ a ^ 2", 512)]
    [InlineData("--a", 3)]
    [InlineData("sqrt(a ^ 2 + b ^ 2)", 5)]
    [InlineData("min(a, b, 2.5) + max(a, b)", 6.5)]
    [InlineData("log(exp(a))", 3)]
    [InlineData("abs(-1.5e1)", 15)]
    [InlineData("[orbital period [days]]] / 1e2", 1)]
    [InlineData("yes * a", 3)]
    [InlineData("gap + 1", double.NaN)]
    [InlineData("gap ^ 0", double.NaN)]
    [InlineData("1 ^ gap", double.NaN)]
    [InlineData("max(gap, a)", double.NaN)]
    [InlineData("a / (b - 4)", double.NaN)]
    [InlineData("log(a - 3)", double.NaN)]
    [InlineData("sqrt(0 - a)", double.NaN)]
    public void A_formula_has_the_value_that_arithmetic_gives(string text, double value) => new Frame(new Float64Column("f", Formula.Parse(text).Of(Row))).ShouldBeRows([[value]], 1e-12);

    [Theory]
    [InlineData("", "expected a number, a column or '(' at character 1, found the end")]
    [InlineData("a +", "at character 4")]
    [InlineData("a b", "expected an operator or the end at character 3, found 'b'")]
    [InlineData("sin(a)", "one of the functions log, exp")]
    [InlineData("System.IO", "expected an operator or the end at character 7")]
    [InlineData("min(a)", "min with two or more arguments")]
    [InlineData("log(a, b)", "log with one argument")]
    [InlineData("[a", "expected ']'")]
    [InlineData("1.2.3", "expected a number")]
    [InlineData("1e999", "expected a number")]
    [InlineData("a; b", "found ';'")]
    public void What_is_no_formula_is_refused_with_the_place(string text, string message) => Should.Throw<DataException>(() => Formula.Parse(text)).Message.ShouldContain(message);

    [Fact]
    public void Deep_and_long_formulas_are_refused_not_run_over()
    {
        Should.Throw<DataException>(() => Formula.Parse(new string('(', 3000))).Message.ShouldContain("nested deeper");
        Should.Throw<DataException>(() => Formula.Parse(new string('-', 3000) + "a")).Message.ShouldContain("nested deeper");
        Should.Throw<DataException>(() => Formula.Parse(new string('a', 5000))).Message.ShouldContain("5000 characters");
    }

    [Fact]
    public void Columns_that_are_not_there_or_no_numbers_are_named()
    {
        DataException refusal = Should.Throw<DataException>(() => new Derive { Formula = "aa / word" }.Fit(Table(Row), Context));

        refusal.Problems.Count.ShouldBe(2);
        refusal.Message.ShouldContain("'aa'");
        refusal.Message.ShouldContain("Column 'word' is Category");
        Should.Throw<DataException>(() => new Derive { Column = "a", Formula = "2" }.Fit(Table(Row), Context)).Problems.Count.ShouldBe(2);
    }

    [Fact]
    public void A_derived_column_stands_behind_the_others_and_leads_back_to_its_sources()
    {
        IFittedStep fitted = Fitted(new Derive { Column = "ratio", Formula = "a / b + a" }, Table(Row));

        fitted.Apply(Row).Names.ShouldBe([.. Row.Names, "ratio"]);
        fitted.Apply(Row)["ratio"].NumberAt(0).ShouldBe(3.75);
        fitted.Origins["ratio"].ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Products_are_those_of_scikit_learn()
    {
        TrainingTable table = Table(Numbers("complete"));

        Fitted(new Polynomial { Degree = 3 }, table).Apply(Numbers("asked_complete")).ShouldBeRows(Rows("polynomial"), 1e-12);
        Fitted(new Polynomial { OnlyDifferent = true }, table).Apply(Numbers("asked_complete")).ShouldBeRows(Rows("interactions"), 1e-12);
        Fitted(new Polynomial { Columns = ["x1", "x2"] }, table).Apply(Numbers("complete")).Names.ShouldBe(["x0", "x1", "x2", "x3", "x1 ^ 2", "x1 * x2", "x2 ^ 2"]);
    }

    [Fact]
    public void Quotients_are_missing_where_the_divisor_is_zero()
    {
        var rows = new Frame(new Float64Column("a", [1, 1]), new Float64Column("b [s]", [4, 0]));

        Frame both = Fitted(new Ratios { BothWays = true }, Table(rows)).Apply(rows);

        both.Names.ShouldBe(["a", "b [s]", "a / b [s]", "b [s] / a"]);
        both["a / b [s]"].ShouldBeOfType<Float64Column>().Values.ShouldBe([0.25, double.NaN]);
    }

    [Fact]
    public void Too_many_new_columns_are_refused()
    {
        var wide = new Frame(Enumerable.Range(0, 150).Select(i => new Float64Column($"x{i}", [1, 2])));

        Should.Throw<DataException>(() => new Polynomial().Fit(Table(wide), Context)).Message.ShouldContain("more than 5000");
        Should.Throw<DataException>(() => new Ratios().Fit(Table(wide), Context)).Message.ShouldContain("more than 5000");
    }
}
