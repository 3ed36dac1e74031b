import { Button, Progress, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type JobView, type SourceView } from '@/api';
import { LoadingLines } from './Loading';
import { ProblemNotice } from './ProblemNotice';
import { useSource } from './useSource';
import classes from './SourceList.module.css';

interface SourceListProps {
  onReady: (datasetId: string) => void;
}

/** Tables that Strata can fetch or make by itself. */
export function SourceList({ onReady }: SourceListProps) {
  const sources = useQuery(queries.sources());
  const made = useSource(onReady);
  if (sources.isPending) {
    return <LoadingLines lines={3} height={40} />;
  }

  if (sources.isError) {
    return <ProblemNotice error={sources.error} onRetry={() => void sources.refetch()} />;
  }

  return (
    <div>
      {kinds.map(({ kind, title, hint }) => {
        const ofKind = sources.data.filter((source) => source.kind === kind);
        return ofKind.length > 0 && (
          <div key={kind} className={classes.group}>
            <h3 className={classes.kind}>{title}</h3>
            <Text size="sm" c="dimmed">{hint}</Text>
            <ul className={classes.list}>
              {ofKind.map((source) => (
                <SourceItem
                  key={source.name} source={source} disabled={made.busy} busy={made.busy && made.source === source.name}
                  job={made.source === source.name ? made.job : null} onStart={() => made.start(source.name)}
                />
              ))}
            </ul>
          </div>
        );
      })}
      {made.error && <ProblemNotice error={made.error} mt="md" onRetry={made.source === null ? undefined : () => made.start(made.source!)} />}
    </div>
  );
}

const kinds: readonly { kind: SourceView['kind']; title: string; hint: string }[] = [
  { kind: 'simulated', title: 'Simulated', hint: 'Stars, planets and false alarms by physics and chance, in the archive\u2019s columns. Made in seconds, without network. No row is an observation.' },
  { kind: 'nasa', title: 'Observed', hint: 'The public tables of the NASA Exoplanet Archive. Downloaded once and kept; the first time needs the internet.' },
];

interface SourceItemProps {
  source: SourceView;
  busy: boolean;
  disabled: boolean;
  job: JobView | null;
  onStart: () => void;
}

function SourceItem({ source, busy, disabled, job, onStart }: SourceItemProps) {
  const verb = source.kind === 'simulated' ? 'Make' : 'Download';
  return (
    <li className={classes.item}>
      <div className={classes.row}>
        <Tooltip label={source.description} position="top-start"><span className={classes.title}>{source.title}</span></Tooltip>
        <Button variant="default" size="xs" flex="none" loading={busy} disabled={disabled && !busy} onClick={onStart} aria-label={`${verb} ${source.title}`}>{verb}</Button>
      </div>
      {busy && <Progress value={job?.progress ?? 0} animated size="sm" mt={6} aria-label={`Progress of ${source.title}`} />}
      {busy && job && <Text size="xs" c="dimmed" mt={2} style={{ overflowWrap: 'anywhere' }}>{job.current_step}</Text>}
    </li>
  );
}
