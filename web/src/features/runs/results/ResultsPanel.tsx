import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type Evaluation, type TrainedRun } from '@/api';
import { counted } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { orderedMetrics } from '@/components/metricWords';
import { MetricTiles } from '@/components/MetricTiles';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { CalibrationPanel } from './CalibrationPanel';
import { ConfusionPanel } from './ConfusionPanel';
import { CoveragePanel } from './CoveragePanel';
import { CurvePanels } from './CurvePanels';
import { FoldsPanel } from './FoldsPanel';
import { ImportancePanel } from './ImportancePanel';
import { InteractionPanel } from './InteractionPanel';
import { MembersPanel } from './MembersPanel';
import { ModalitiesPanel } from './ModalitiesPanel';
import { OutlierPanel } from './OutlierPanel';
import { RegressionPanels } from './RegressionPanels';
import { SlicesPanel } from './SlicesPanel';
import { TeacherPanel } from './TeacherPanel';
import { ThresholdPanel } from './ThresholdPanel';
import classes from '../RunPage.module.css';

const mostTiles = 8;

/** How good the model is on rows that it never saw. */
export function ResultsPanel({ run }: { run: TrainedRun }) {
  const evaluation = useQuery(queries.evaluation(run.id));
  if (evaluation.isPending) {
    return <div className={classes.stack}><LoadingBlock height={110} /><LoadingBlock height={300} /></div>;
  }

  if (evaluation.isError) {
    return <ProblemNotice error={evaluation.error} onRetry={() => void evaluation.refetch()} />;
  }

  return <Results evaluation={evaluation.data} run={run} />;
}

function Results({ evaluation, run }: { evaluation: Evaluation; run: TrainedRun }) {
  const metrics = orderedMetrics(evaluation.metrics, evaluation.task);
  return (
    <div className={classes.stack}>
      <Text c="dimmed">
        {evaluation.task === 'clustering' ? `${counted(evaluation.row_count, 'row')} grouped; the tab of rows shows where each belongs.` : evaluation.task === 'outlier_detection' ? `${counted(evaluation.row_count, 'row')} scored; the tab of rows shows the most unusual first.` : `Measured on ${counted(evaluation.row_count, 'test row')} that the model did not learn from.`}
      </Text>
      <MetricTiles metrics={metrics.slice(0, mostTiles)} intervals={evaluation.intervals} />
      {evaluation.intervals && <Text size="xs" c="dimmed" mt={-8}>Below each figure, where it lies with 95 % certainty: how far other test rows could have moved it.</Text>}
      {metrics.length > mostTiles && (
        <details>
          <summary>{counted(metrics.length - mostTiles, 'more metric')}</summary>
          <div style={{ marginBlockStart: 12 }}><MetricTiles metrics={metrics.slice(mostTiles)} intervals={evaluation.intervals} /></div>
        </details>
      )}
      {run.job.kind === 'ensemble' && <MembersPanel run={run} evaluation={evaluation} />}
      {run.job.kind === 'distil' && <TeacherPanel run={run} evaluation={evaluation} />}
      <Notes title="It may look better than it is" notes={(evaluation.leak_audit ?? []).map((finding) => `${finding.message} ${finding.advice}`)} />
      <Notes notes={evaluation.notes.filter((note) => !run.notes.includes(note))} />
      {evaluation.outlier_scores && <OutlierPanel scores={evaluation.outlier_scores} />}
      {evaluation.task === 'outlier_detection' || evaluation.task === 'clustering'
        ? evaluation.roc_curves.length > 0 && <CurvePanels evaluation={evaluation} />
        : evaluation.task === 'regression'
        ? (
          <div className={classes.pair}>
            {evaluation.residuals && <RegressionPanels residuals={evaluation.residuals} target={run.plan.target ?? 'the number'} />}
          </div>
        )
        : <ClassResults evaluation={evaluation} />}
      {evaluation.regions && <CoveragePanel regions={evaluation.regions} ofClasses={evaluation.classes.length > 0} target={run.plan.target ?? 'the number'} />}
      <FoldsPanel evaluation={evaluation} />
      <SlicesPanel evaluation={evaluation} />
      <ModalitiesPanel modalities={evaluation.modalities ?? []} />
      <ImportancePanel evaluation={evaluation} />
      {evaluation.interactions && evaluation.interactions.columns.length > 1 && <InteractionPanel interactions={evaluation.interactions} />}
    </div>
  );
}

function ClassResults({ evaluation }: { evaluation: Evaluation }) {
  return (
    <>
      <div className={classes.pair}>
        <ConfusionPanel evaluation={evaluation} />
        {evaluation.thresholds.length > 0
          ? <ThresholdPanel thresholds={evaluation.thresholds} positive={evaluation.classes[1] ?? 'positive'} negative={evaluation.classes[0] ?? 'negative'} />
          : <CalibrationPanel evaluation={evaluation} />}
      </div>
      <CurvePanels evaluation={evaluation} />
      {evaluation.thresholds.length > 0 && <CalibrationPanel evaluation={evaluation} />}
    </>
  );
}
