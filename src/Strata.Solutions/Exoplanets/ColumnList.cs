namespace Strata.Solutions.Exoplanets;

/// <summary>Collects column meanings in the archive's own patterns: a measurement comes with an upper and a lower uncertainty and sometimes a limit flag.</summary>
internal sealed class ColumnList(string upperSuffix, string lowerSuffix, string? limitSuffix)
{
    private readonly List<ColumnMeaning> columns = [];

    public IReadOnlyList<ColumnMeaning> Columns => columns;

    public ColumnList Plain(string name, string title, string? unit, string meaning)
    {
        columns.Add(new ColumnMeaning(name, title, unit, meaning));
        return this;
    }

    /// <summary>A measurement with its uncertainties.</summary>
    public ColumnList Measured(string name, string title, string? unit, string meaning)
    {
        Uncertain(name, title, unit, meaning);
        if (limitSuffix is not null)
        {
            columns.Add(new ColumnMeaning(name + limitSuffix, $"{title}: limit flag", null, $"1 when '{name}' is only an upper limit, -1 when only a lower one, 0 when it is a measurement."));
        }

        return this;
    }

    /// <summary>A measurement with its uncertainties that never has a limit flag.</summary>
    public ColumnList Uncertain(string name, string title, string? unit, string meaning)
    {
        columns.Add(new ColumnMeaning(name, title, unit, meaning));
        columns.Add(new ColumnMeaning(name + upperSuffix, $"{title}: upper uncertainty", unit, $"How far the true value of '{name}' may lie above, one standard deviation."));
        columns.Add(new ColumnMeaning(name + lowerSuffix, $"{title}: lower uncertainty", unit, $"How far the true value of '{name}' may lie below, one standard deviation, written as a negative number."));
        return this;
    }
}
