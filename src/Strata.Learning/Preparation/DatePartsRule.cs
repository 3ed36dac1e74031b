using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>A number that a date gives.</summary>
public enum DatePart
{
    /// <summary>Since 1970.</summary>
    Seconds,

    /// <summary>Of the common era.</summary>
    Year,

    /// <summary>From 1.</summary>
    Month,

    /// <summary>Of the month, from 1.</summary>
    Day,

    /// <summary>Monday is 0.</summary>
    Weekday,

    /// <summary>From 1.</summary>
    DayOfYear,

    /// <summary>Of the day, with its fraction.</summary>
    Hour,

    /// <summary>How far round the year, by its length.</summary>
    YearSine,

    /// <summary>How far round the year, by its length.</summary>
    YearCosine,

    /// <summary>How far round the week.</summary>
    WeekSine,

    /// <summary>How far round the week.</summary>
    WeekCosine,

    /// <summary>How far round the day.</summary>
    DaySine,

    /// <summary>How far round the day.</summary>
    DayCosine,
}

/// <summary>The parts of one date column, and the names of their columns; without parts the column stays as it is.</summary>
public sealed record DatePartsRule(string Column, IReadOnlyList<DatePart>? Parts = null, IReadOnlyList<string>? Names = null) : IColumnRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Parts is null ? [Column] : Names ?? [];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Parts is null)
        {
            return [column];
        }

        return column is DateColumn dates
            ? Parts.Zip(Outputs, (part, name) => new Float64Column(name, [.. Enumerable.Range(0, dates.Count).Select(row => dates.IsMissing(row) ? double.NaN : Number(part, new DateTime(dates.Ticks[row], DateTimeKind.Utc)))]))
            : throw new DataException($"Column '{column.Name}' is {column.Type}, but was of dates when the step was fitted.");
    }

    private static double Number(DatePart part, DateTime date)
    {
        double hour = date.TimeOfDay.TotalHours, weekday = ((int)date.DayOfWeek + 6) % 7;
        double year = (date.DayOfYear - 1 + hour / 24) / (DateTime.IsLeapYear(date.Year) ? 366 : 365), week = (weekday + hour / 24) / 7;
        return part switch
        {
            DatePart.Seconds => (date - DateTime.UnixEpoch).TotalSeconds,
            DatePart.Year => date.Year,
            DatePart.Month => date.Month,
            DatePart.Day => date.Day,
            DatePart.Weekday => weekday,
            DatePart.DayOfYear => date.DayOfYear,
            DatePart.Hour => hour,
            DatePart.YearSine => Math.Sin(Math.Tau * year),
            DatePart.YearCosine => Math.Cos(Math.Tau * year),
            DatePart.WeekSine => Math.Sin(Math.Tau * week),
            DatePart.WeekCosine => Math.Cos(Math.Tau * week),
            DatePart.DaySine => Math.Sin(Math.Tau * hour / 24),
            _ => Math.Cos(Math.Tau * hour / 24),
        };
    }
}
