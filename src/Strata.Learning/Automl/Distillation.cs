using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Tensors;

namespace Strata.Learning.Automl;

/// <summary>
/// One small boosting model that learned to answer as a larger model does (Bucila, Caruana and Niculescu-Mizil 2006). It learns from the given rows and from others made by crossing
/// pairs of them, as what the larger model says of rows that it learned from is surer than what it says of new ones.
/// </summary>
public static class Distillation
{
    private const int Crossings = 3;
    private const double CrossedColumns = 0.3;

    /// <summary>What learns where nothing else is asked for.</summary>
    public static GradientBoosting UsualStudent { get; } = new() { Trees = 400, LearningRate = 0.08, EarlyStoppingRounds = 30 };

    /// <param name="teacher">The larger model.</param>
    /// <param name="rows">Rows such as it was trained on; no truth is needed.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <param name="student">What learns; null for <see cref="UsualStudent"/>.</param>
    public static PipelineModel Of(IModel teacher, Frame rows, FitContext context, GradientBoosting? student = null)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        context = context with { Progress = null, Checkpoints = null, Watched = null, Validation = null };
        Frame own = teacher.Signature.Features.Conform(rows);
        Frame[] parts = [own, .. Enumerable.Range(0, Crossings).Select(crossing => Crossed(own, RandomSource.For(context.Seed, $"crossing {crossing}")))];
        TrainingTable[] lessons = [.. parts.Select(part => Lesson(teacher.Signature, part, teacher.Predict(part, context)))];
        return DefaultPreparation.For(student ?? UsualStudent, needsCompleteNumbers: false).Fit(Joined(lessons), context);
    }

    /// <summary>What is learned of some rows: the number that was answered, or each class as a row of its own that counts as much as it was probable.</summary>
    private static TrainingTable Lesson(ModelSignature signature, Frame rows, Predictions answer)
    {
        if (!signature.Task.IsClassification())
        {
            return new TrainingTable(rows, new NumberTarget(signature.Target, answer.Values), groups: [.. Enumerable.Range(0, rows.RowCount)]);
        }

        int classes = signature.Classes.Count;
        int[] repeated = [.. Enumerable.Range(0, rows.RowCount * classes).Select(i => i / classes)];
        return new TrainingTable(rows.Take(repeated), new ClassTarget(signature.Target, [.. repeated.Select((_, i) => i % classes)], signature.Classes), [.. answer.Values], groups: repeated);
    }

    /// <summary>Some columns taken from other rows.</summary>
    private static Frame Crossed(Frame rows, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        random.Shuffle<int>(order);
        return rows.Names.ToArray().Where(_ => random.NextDouble() < CrossedColumns).Aggregate(rows, (crossed, name) => crossed.With(rows[name].Take(order)));
    }

    /// <summary>All lessons below one another; rows of one origin stay one group, so that the student's early stop is on rows it has not learned.</summary>
    private static TrainingTable Joined(TrainingTable[] lessons)
    {
        Frame features = lessons.Select(lesson => lesson.Features).Aggregate(JoinedFrames.Of);
        Target target = lessons[0].Target is ClassTarget classes
            ? new ClassTarget(classes.Name, [.. lessons.SelectMany(lesson => ((ClassTarget)lesson.Target).Codes)], classes.Classes)
            : new NumberTarget(lessons[0].Target.Name, [.. lessons.SelectMany(lesson => ((NumberTarget)lesson.Target).Values)]);
        return new TrainingTable(features, target, lessons[0].Weights is null ? null : [.. lessons.SelectMany(lesson => lesson.Weights!)], [.. lessons.SelectMany(lesson => lesson.Groups!)]);
    }
}
