import type { components } from './schema';

type Schemas = components['schemas'];

/** The wire records, under the names that the rest of the page uses. */
export type AbTestArm = Schemas['AbTestArm'];
export type AbTestMoment = Schemas['AbTestMoment'];
export type AbTestRequest = Schemas['AbTestRequest'];
export type AbTestView = Schemas['AbTestView'];
export type ApiTokenView = Schemas['ApiTokenView'];
export type AuditEntryView = Schemas['AuditEntryView'];
export type LogInView = Schemas['LogInView'];
export type MemberView = Schemas['MemberView'];
export type NewTokenRequest = Schemas['NewTokenRequest'];
export type NewUserRequest = Schemas['NewUserRequest'];
export type ProjectRole = Schemas['ProjectRole'];
export type ProjectView = Schemas['ProjectView'];
export type UserChangeRequest = Schemas['UserChangeRequest'];
export type UserView = Schemas['UserView'];
export type AlgorithmView = Schemas['AlgorithmView'];
export type CalibrationMethod = NonNullable<Schemas['CalibrationMethod']>;
export type ComparedAlgorithm = Schemas['ComparedAlgorithmView'];
export type ComparisonRequest = Schemas['ComparisonRequest'];
export type ComparisonResult = Schemas['ComparisonResult'];
export type ComparisonView = Schemas['ComparisonView'];
export type ArtifactView = Schemas['ArtifactView'];
export type ColumnMeaning = Schemas['ColumnMeaning'];
export type ColumnType = Schemas['ColumnType'];
export type ColumnImportance = Schemas['ColumnImportanceView'];
export type InteractionStrength = Schemas['InteractionStrengthView'];
export type ColumnView = Schemas['ColumnView'];
export type CanaryRequest = Schemas['CanaryRequest'];
export type CanaryView = Schemas['CanaryView'];
export type DeployedModel = Schemas['DeployedModelView'];
export type DeployedModelRequest = Schemas['DeployedModelRequest'];
export type DeploymentChange = Schemas['DeploymentChange'];
export type DeploymentPredictions = Schemas['DeploymentPredictions'];
export type DeploymentRequest = Schemas['DeploymentRequest'];
export type DeploymentRevision = Schemas['DeploymentRevisionView'];
export type DeploymentTraffic = Schemas['DeploymentTraffic'];
export type DeploymentView = Schemas['DeploymentView'];
export type DatasetRows = Schemas['DatasetRows'];
export type DatasetView = Schemas['DatasetView'];
export type DroppedColumn = Schemas['DroppedColumn'];
export type DriftView = Schemas['DriftView'];
export type CounterfactualAnswer = Schemas['CounterfactualAnswerView'];
export type EffectView = Schemas['EffectView'];
export type EnsembleMember = Schemas['EnsembleMemberView'];
export type ExperimentView = Schemas['ExperimentView'];
export type Evaluation = Schemas['EvaluationView'];
export type FeatureView = Schemas['FeatureView'];
export type HyperparameterView = Schemas['HyperparameterView'];
export type IntervalMethod = NonNullable<Schemas['IntervalMethod']>;
export type JobStatus = Schemas['JobStatus'];
export type JobView = Schemas['JobView'];
export type Leaderboard = Schemas['LeaderboardView'];
export type LeaderboardRow = Schemas['LeaderboardRowView'];
export type LearningTask = Schemas['LearningTask'];
export type LineageEdge = Schemas['LineageEdgeView'];
export type LineageKind = Schemas['LineageKind'];
export type LineageNode = Schemas['LineageNodeView'];
export type LineageView = Schemas['LineageView'];
export type LoggedPrediction = Schemas['LoggedPredictionView'];
export type LogLine = Schemas['LogLine'];
export type CohortComparison = Schemas['CohortComparisonView'];
export type CohortCondition = Schemas['CohortConditionView'];
export type ExplanationBasis = Schemas['ExplanationBasis'];
export type OmicsExplanation = Schemas['OmicsExplanationView'];
export type OmicsExplanationRequest = Omit<Schemas['OmicsExplanationRequest'], 'plots'> & { plots?: boolean };
export type OmicsEnsembleRequest = Schemas['OmicsEnsembleRequest'];
export type MetricView = Schemas['MetricView'];
export type MetricSeries = Schemas['MetricSeries'];
export type ModalityAblation = Schemas['ModalityAblationView'];
export type ModelView = Schemas['ModelView'];
export type OutcomeMeasure = NonNullable<Schemas['OutcomeMeasure']>;
export type PerformanceView = Schemas['PerformanceView'];
export type PlanRequest = Schemas['PlanRequest'];
export type PlanView = Schemas['PlanView'];
export type PredictedValue = Schemas['PredictedValue'];
export type Prediction = Schemas['Prediction'];
export type KeptColumn = Schemas['KeptColumn'];
export type PredictionList = Schemas['PredictionList'];
export type PresetView = Schemas['PresetView'];
export type Reason = Schemas['Reason'];
export type Residuals = Schemas['ResidualsView'];
export type OutlierScores = Schemas['OutlierScoresView'];
export type RegionCoverage = Schemas['RegionCoverageView'];
export type RunRequest = Schemas['RunRequest'];
export type GateKind = Schemas['GateKind'];
export type GateOutcome = Schemas['GateOutcomeView'];
export type GateView = Schemas['GateView'];
export type ModelVersionStatus = Schemas['ModelVersionStatus'];
export type ModelVersionView = Schemas['ModelVersionView'];
export type PromotionCheck = Schemas['PromotionCheckView'];
export type PromotionRules = Schemas['PromotionRulesView'];
export type PromotionRulesRequest = Schemas['PromotionRulesRequest'];
export type RegisteredModelView = Schemas['RegisteredModelView'];
export type RegistryChange = Schemas['RegistryChangeView'];
export type VersionPromotionRequest = Schemas['VersionPromotionRequest'];
export type ReportedRunView = Schemas['ReportedRunView'];
export type RunView = Schemas['RunView'];
/** A training that Strata carries out: it has a plan and a job. */
export type TrainedRun = RunView & { plan: PlanView; job: JobView };
export type TeamView = Schemas['TeamView'];
export type SourceView = Schemas['SourceView'];
export type StepRequest = Schemas['StepRequest'];
export type StepView = Schemas['StepView'];
export type TargetKind = NonNullable<Schemas['TargetKind']>;
export type TestRow = Schemas['TestRow'];
export type TestRows = Schemas['TestRows'];
export type TaughtBy = NonNullable<Schemas['TaughtByView']>;
export type TuningView = Schemas['TuningView'];
export type TrafficMinute = Schemas['TrafficMinute'];
export type TrafficView = Schemas['TrafficView'];
export type ThresholdPoint = Schemas['ThresholdPointView'];

/** One value of a metric, as the event stream sends it. */
export interface MetricPoint { name: string; step: number; value: number | null }

/** What one column holds; the document leaves the profile open, so its words stand here. Numbers of dates are seconds since 1970. */
export interface ColumnProfile {
  name: string;
  type: ColumnType;
  missing: number;
  distinct: number;
  min?: number | null;
  max?: number | null;
  mean?: number | null;
  standard_deviation?: number | null;
  quantiles?: { probability: number; value: number }[] | null;
  histogram?: { edges: number[]; counts: number[] } | null;
  top_levels?: LevelCount[] | null;
  earliest?: string | null;
  latest?: string | null;
  arrays?: ArraySummary | null;
  warnings: ProfileWarning[];
}

/** What the arrays of one column hold; samples are thinned out, as JSON text. */
export interface ArraySummary {
  lengths?: LengthRange | null;
  heights?: LengthRange | null;
  widths?: LengthRange | null;
  channels: { name: string; min?: number | null; max?: number | null; missing: number }[];
  rows_with_gaps: number;
  samples: { row: number; array: string }[];
}

export interface LengthRange {
  least: number;
  median: number;
  most: number;
}

export interface LevelCount {
  level: string;
  count: number;
}

/** Something that somebody should look at before learning from a column. */
export interface ProfileWarning {
  kind: 'constant' | 'all_missing' | 'mostly_missing' | 'id_like' | 'near_duplicate' | 'predicts_target' | 'missingness_predicts_target';
  message: string;
}

export interface TableProfile {
  row_count: number;
  target?: string | null;
  columns: ColumnProfile[];
}
