import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsDiff, IconBinaryTree } from '@tabler/icons-react';
import { hasEnded, queries, runStatus, type RunView } from '@/api';
import { formatDuration, formatTime } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { formatMetric, metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { Pairs } from '@/components/Pairs';
import { RunBadge } from '@/components/RunBadge';
import { Section } from '@/components/Section';
import { Text } from '@mantine/core';
import { ArtifactList } from '../ArtifactList';
import { ReportedCurves } from './ReportedCurves';
import classes from '../RunPage.module.css';

const parent = { to: '/runs', label: 'Runs' } as const;

/** A run that another program carries out: all that it has logged so far. */
export function ReportedRun({ run }: { run: RunView }) {
  const { data: experiment } = useQuery(queries.experiment(run.experiment_id ?? '0'));
  const told = run.reported;
  const metrics = Object.entries(run.metrics);
  const parameters = Object.entries(run.parameters ?? {});
  const { note, tags } = ownTags(run.tags ?? {});
  return (
    <>
      <PageHeader
        title={run.name} parent={parent} badge={<RunBadge run={run} />}
        description={
          <>
            Reported{told?.by ? <> by <strong>{told.by}</strong></> : ' by another program'}
            {experiment && <>{' in '}<Link to="/experiments/$experimentId" params={{ experimentId: experiment.id }} style={{ color: 'var(--mantine-color-anchor)' }}>{experiment.name}</Link></>}
            {told && <>{' \u00b7 '}{formatTime(told.started_at)}{told.ended_at && ` \u00b7 took ${formatDuration(told.started_at, told.ended_at)}`}</>}
          </>
        }
        actions={<><ButtonLink to="/runs/compare" search={{ runs: run.id }} variant="default" leftSection={<IconArrowsDiff size={16} aria-hidden />}>Compare</ButtonLink><ButtonLink to="/lineage" search={{ kind: 'run', id: run.id }} variant="default" leftSection={<IconBinaryTree size={16} aria-hidden />}>Lineage</ButtonLink></>}
      />
      <div className={classes.stack}>
        {note && <Section title="Note"><Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{note}</Text></Section>}
        <div className={classes.pair} style={{ alignItems: 'start' }}>
          <Section title="Metrics" description="The last value of each." flush={metrics.length > 0}>
            {metrics.length === 0
              ? <Text size="sm" c="dimmed">{hasEnded(runStatus(run)) ? 'It logged none.' : 'None yet.'}</Text>
              : <Pairs rows={metrics.map(([name, value]) => [metricTitle(name), formatMetric(name, value)])} />}
          </Section>
          <Section title="Parameters" flush={parameters.length > 0}>
            {parameters.length === 0 ? <Text size="sm" c="dimmed">It logged none.</Text> : <Pairs rows={parameters} />}
          </Section>
        </div>
        <ReportedCurves runs={[run]} />
        <div className={classes.pair} style={{ alignItems: 'start' }}>
          <ArtifactList runId={run.id} />
          <div className={classes.stack}>
            {told && told.datasets.length > 0 && (
              <Section title="Learned from" flush>
                <Pairs rows={told.datasets.map((dataset) => [`${dataset.name}${dataset.context ? ` (${dataset.context})` : ''}`, `${dataset.digest} · ${dataset.source}`])} />
              </Section>
            )}
            <Section title="Tags" flush={tags.length > 0}>
              {tags.length === 0 ? <Text size="sm" c="dimmed">None.</Text> : <Pairs rows={tags} />}
            </Section>
          </div>
        </div>
      </div>
    </>
  );
}

/** Tags that people set, and of those that MLflow's client sets by itself what tells something. */
export function ownTags(all: Readonly<Record<string, string>>) {
  const words = new Map([['mlflow.source.name', 'program'], ['mlflow.source.git.commit', 'commit'], ['mlflow.parentRunId', 'part of run']]);
  const tags: [string, string][] = Object.entries(all).flatMap(([name, value]): [string, string][] => {
    const known = words.get(name);
    return known !== undefined ? [[known, value]] : name.startsWith('mlflow.') ? [] : [[name, value]];
  });
  return { note: all['mlflow.note.content'] ?? null, tags };
}
