using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Replaces each date by its parts: year, month, day, weekday (Monday is 0), day of year, hour (minutes as its fraction) where any date has a time of day, and the
/// same round the clock as sine and cosine, so that December is near January. All in UTC; missing stays missing.
/// </summary>
public sealed record DateParts : IStep
{
    public string Name => "date_parts";

    [Hyperparameter("Whether year, month, day, weekday, day of year and hour are added as numbers.")]
    public bool Parts { get; init; } = true;

    [Hyperparameter("Whether the year, the week and the day are added as cycles: a sine and a cosine each.")]
    public bool Cycles { get; init; } = true;

    [Hyperparameter("Whether the date itself is kept, as seconds since 1970.")]
    public bool Keep { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new ColumnwiseStep<DatePartsRule>(Name, [.. table.Features.Columns.Select(column => column is DateColumn date ? RuleFor(date, table.Features) : new DatePartsRule(column.Name))], []);
    }

    private DatePartsRule RuleFor(DateColumn column, Frame rows)
    {
        bool withTime = Enumerable.Range(0, column.Count).Any(row => !column.IsMissing(row) && column.Ticks[row] % TimeSpan.TicksPerDay != 0);
        DatePart[] parts =
        [
            .. Keep ? [DatePart.Seconds] : Array.Empty<DatePart>(),
            .. Parts ? [DatePart.Year, DatePart.Month, DatePart.Day, DatePart.Weekday, DatePart.DayOfYear] : Array.Empty<DatePart>(),
            .. Parts && withTime ? [DatePart.Hour] : Array.Empty<DatePart>(),
            .. Cycles ? [DatePart.YearSine, DatePart.YearCosine, DatePart.WeekSine, DatePart.WeekCosine] : Array.Empty<DatePart>(),
            .. Cycles && withTime ? [DatePart.DaySine, DatePart.DayCosine] : Array.Empty<DatePart>(),
        ];
        return new DatePartsRule(column.Name, parts, [.. parts.Select(part => part == DatePart.Seconds ? column.Name : FreeName.For($"{column.Name} {Spoken(part)}", rows))]);
    }

    private static string Spoken(DatePart part) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(part.ToString()).Replace('_', ' ');
}
