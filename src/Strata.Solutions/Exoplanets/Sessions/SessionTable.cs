using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Solutions.Exoplanets.Archive;
using Strata.Solutions.Exoplanets.Survey;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>The rows of a session as they came, with the mission whose columns they have.</summary>
/// <param name="Table">Every row and column.</param>
/// <param name="Mission">Whose quantities these are.</param>
/// <param name="Columns">Where the quantities stand.</param>
/// <param name="Notes">What a person should know of the reading.</param>
internal sealed record SessionTable(Frame Table, Mission Mission, MissionColumns Columns, IReadOnlyList<string> Notes)
{
    /// <summary>The table that the order's source gives; for a user, the training file.</summary>
    public static async Task<SessionTable> OfSourceAsync(SessionOrder order, SessionContext context)
    {
        switch (order.DataSource)
        {
            case SessionDataSource.User:
                return Read(order.TrainingFile ?? throw new DataException("data_source is 'user', but no training_file came with it."), order, context);
            case SessionDataSource.Simulated:
                int rowCount = order.RowCount ?? SimulatedSurvey.UsualRowCount;
                Frame survey = TransitSurvey.OfRows(order.Mission, rowCount, order.Seed).Observe(context.Cancellation);
                return new SessionTable(survey, order.Mission, order.Mission.Columns, [$"Simulated survey, seed {order.Seed}: no row is an observation."]);
            default:
                FetchedTable fetched = await new NasaArchive(order.Mission).FetchAsync(new SourceRequest(), context.Sources).ConfigureAwait(false);
                using (Stream content = fetched.Open())
                {
                    TableReading reading = TableFile.Read(content, fetched.FileName, Options(context), context.Cancellation);
                    return new SessionTable(reading.Frame, order.Mission, order.Mission.Columns, [.. fetched.Notes, .. reading.Notes]);
                }
        }
    }

    /// <summary>A user's file. Its columns may be another mission's than the order says: what they are called decides.</summary>
    public static SessionTable Read(SessionFile file, SessionOrder order, SessionContext context)
    {
        using Stream content = file.Open();
        TableReading reading = TableFile.Read(content, file.Name, Options(context), context.Cancellation);
        Frame table = reading.Frame;
        Mission mission = order.Mission;
        var notes = new List<string>(reading.Notes);
        if (order.Mapping is null && Mission.Recognise(table.Schema) is Mission recognised && recognised != mission)
        {
            notes.Add($"'{file.Name}' has the columns of {recognised.Title}, not of {mission.Title}, and was read so.");
            mission = recognised;
        }

        MissionColumns columns = order.Mapping is null ? mission.Columns : mission.Columns.With(order.Mapping);
        SurveyFeatures.ThrowIfForeign(table, mission, columns);
        return new SessionTable(table, mission, columns, notes);
    }

    /// <summary>Star by row, for splits that keep its objects together; null when the table does not say.</summary>
    public Column? Star => Columns.Names.GetValueOrDefault(TransitQuantity.Star) is string name ? Table.TryGet(name) : null;

    private static TableReadOptions Options(SessionContext context) => new() { Threads = context.Threads };
}
