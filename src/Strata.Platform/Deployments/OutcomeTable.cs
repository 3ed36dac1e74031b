using System.Data;
using Dapper;

namespace Strata.Platform.Deployments;

/// <summary>The rows of predictions whose outcome is known. A later outcome of the same prediction takes the place of the earlier one.</summary>
internal static class OutcomeTable
{
    public const string Create = """
        create table known_predictions (
            sequence integer primary key,
            deployment_id text not null,
            prediction_id text not null,
            model_id text not null,
            is_shadow integer not null,
            predicted_at bigint not null,
            known_at bigint not null,
            prediction text not null,
            outcome text not null,
            is_correct integer,
            error double precision,
            probability_of_outcome double precision,
            confidence double precision,
            value double precision,
            unique (deployment_id, prediction_id, model_id));
        create index known_predictions_by_time on known_predictions (deployment_id, predicted_at);
        """;

    public static void Save(IDbConnection connection, string deploymentId, IEnumerable<KnownPrediction> known) => connection.Execute(
        """
        insert into known_predictions (deployment_id, prediction_id, model_id, is_shadow, predicted_at, known_at, prediction, outcome, is_correct, error, probability_of_outcome, confidence, value)
        values (@deploymentId, @PredictionId, @ModelId, @isShadow, @predictedAt, @knownAt, @Prediction, @Outcome, @isCorrect, @Error, @ProbabilityOfOutcome, @Confidence, @Value)
        on conflict (deployment_id, prediction_id, model_id) do update set
            known_at = excluded.known_at, outcome = excluded.outcome, is_correct = excluded.is_correct, error = excluded.error,
            probability_of_outcome = excluded.probability_of_outcome, value = excluded.value
        """,
        known.Select(one => new
        {
            deploymentId, one.PredictionId, one.ModelId, one.Prediction, one.Outcome, one.Error, one.ProbabilityOfOutcome, one.Confidence, one.Value,
            isShadow = one.IsShadow ? 1 : 0, isCorrect = one.IsCorrect is bool correct ? correct ? 1 : 0 : (int?)null,
            predictedAt = one.PredictedAt.ToUnixTimeMilliseconds(), knownAt = one.KnownAt.ToUnixTimeMilliseconds(),
        }));

    /// <summary>The predictions that were made from a time on, in the order in which their outcomes came first.</summary>
    public static IReadOnlyList<KnownPrediction> Read(IDbConnection connection, string deploymentId, DateTimeOffset from, int most) =>
    [
        .. connection.Query<Row>(
            "select * from known_predictions where deployment_id = @deploymentId and predicted_at >= @from order by sequence limit @most",
            new { deploymentId, from = from.ToUnixTimeMilliseconds(), most }).Select(row => row.ToKnown()),
    ];

    public static long Count(IDbConnection connection, string deploymentId) =>
        connection.ExecuteScalar<long>("select count(*) from known_predictions where deployment_id = @deploymentId", new { deploymentId });

    public static void Delete(IDbConnection connection, string deploymentId) => connection.Execute("delete from known_predictions where deployment_id = @deploymentId", new { deploymentId });

    private sealed class Row
    {
        public string PredictionId { get; set; } = string.Empty;

        public string ModelId { get; set; } = string.Empty;

        public int IsShadow { get; set; }

        public long PredictedAt { get; set; }

        public long KnownAt { get; set; }

        public string Prediction { get; set; } = string.Empty;

        public string Outcome { get; set; } = string.Empty;

        public int? IsCorrect { get; set; }

        public double? Error { get; set; }

        public double? ProbabilityOfOutcome { get; set; }

        public double? Confidence { get; set; }

        public double? Value { get; set; }

        public KnownPrediction ToKnown() => new()
        {
            PredictionId = PredictionId,
            ModelId = ModelId,
            IsShadow = IsShadow != 0,
            PredictedAt = DateTimeOffset.FromUnixTimeMilliseconds(PredictedAt),
            KnownAt = DateTimeOffset.FromUnixTimeMilliseconds(KnownAt),
            Prediction = Prediction,
            Outcome = Outcome,
            IsCorrect = IsCorrect is int correct ? correct != 0 : null,
            Error = Error,
            ProbabilityOfOutcome = ProbabilityOfOutcome,
            Confidence = Confidence,
            Value = Value,
        };
    }
}
