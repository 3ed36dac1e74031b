using Strata.Learning.Data;

namespace Strata.Learning.Validation.Leaks;

/// <summary>What makes a model look better than it will be in use: looked for in the rows before training, and in the results after.</summary>
/// <param name="Findings">The gravest first.</param>
public sealed record LeakAudit(IReadOnlyList<LeakFinding> Findings)
{
    /// <summary>Findings that should not be passed over.</summary>
    public IEnumerable<LeakFinding> Alarms => Findings.Where(finding => finding.Severity >= LeakSeverity.Warning);

    /// <summary>Looks at the rows: copies of the target, columns that know too much, repeated rows and entities, time.</summary>
    /// <param name="table">Features, target and declared structure. Columns that are left out of learning are not looked at.</param>
    /// <param name="split">How its rows will be split, or null where that is not known.</param>
    /// <param name="withoutTarget">Rows of the same columns whose target is not known, or null for none.</param>
    /// <param name="names">What rows and structure are called; null where findings need not name them.</param>
    /// <param name="cancellation">Stops between checks.</param>
    public static LeakAudit BeforeTraining(TrainingTable table, RowSplit? split = null, Frame? withoutTarget = null, AuditedNames? names = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Target is NoTarget)
        {
            return new LeakAudit([]); // No answer, so none that could leak.
        }

        var rows = new AuditedTable(table, split, withoutTarget, cancellation) { Names = names ?? new AuditedNames() };
        List<LeakFinding> findings = [];
        foreach (Func<AuditedTable, IEnumerable<LeakFinding>> check in Checks)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(check(rows));
        }

        return Sorted(findings);
    }

    /// <summary>These findings and further ones.</summary>
    public LeakAudit With(IEnumerable<LeakFinding> more) => Sorted([.. Findings, .. more]);

    private static Func<AuditedTable, IEnumerable<LeakFinding>>[] Checks =>
    [
        ColumnLeaks.Of, TargetFormulas.Of, RepeatedRows.Of, RepeatedEntities.Of, SharedStructure.Of, TimeOrder.Of, LaterColumns.Of,
    ];

    /// <summary>The gravest first; of several findings about one column's hold on the target the gravest only.</summary>
    private static LeakAudit Sorted(List<LeakFinding> findings) => new(
    [
        .. findings.OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Kind)
            .DistinctBy(finding => finding.Column is null || finding.Kind > LeakKind.AfterOutcome ? (object)finding : finding.Column),
    ]);
}
