import { Badge, Button, Progress, Text } from '@mantine/core';
import { IconPlanet, IconWaveSine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries, type SourceView } from '@/api';
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

  const simulatedFirst = [...sources.data].sort((a, b) => Number(a.kind === 'nasa') - Number(b.kind === 'nasa'));
  return (
    <div>
      <ul className={classes.list}>
        {simulatedFirst.map((source) => (
          <SourceItem
            key={source.name}
            source={source}
            busy={made.busy && made.source === source.name}
            disabled={made.busy}
            progress={made.source === source.name ? made.job?.progress : undefined}
            step={made.source === source.name ? made.job?.current_step : undefined}
            onStart={() => made.start(source.name)}
          />
        ))}
      </ul>
      {made.error && <ProblemNotice error={made.error} mt="md" onRetry={made.source === null ? undefined : () => made.start(made.source!)} />}
    </div>
  );
}

interface SourceItemProps {
  source: SourceView;
  busy: boolean;
  disabled: boolean;
  progress?: number;
  step?: string;
  onStart: () => void;
}

function SourceItem({ source, busy, disabled, progress, step, onStart }: SourceItemProps) {
  const simulated = source.kind === 'simulated';
  const Icon = simulated ? IconWaveSine : IconPlanet;
  return (
    <li className={classes.item}>
      <Icon size={20} stroke={1.5} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <div className={classes.title}>
          {source.title}
          <Badge size="sm" color={simulated ? 'grape' : 'blue'}>{simulated ? 'Simulated' : 'Observed, needs internet'}</Badge>
        </div>
        <Text size="sm" c="dimmed">{source.description}</Text>
        {busy && <Progress value={progress ?? 0} animated size="sm" mt={6} aria-label={`Progress of ${source.title}`} />}
        {busy && step && <Text size="xs" c="dimmed" mt={2}>{step}</Text>}
      </div>
      <Button variant={simulated ? 'light' : 'default'} size="xs" loading={busy} disabled={disabled && !busy} onClick={onStart} aria-label={`${simulated ? 'Make' : 'Download'} ${source.title}`}>
        {simulated ? 'Make' : 'Download'}
      </Button>
    </li>
  );
}
