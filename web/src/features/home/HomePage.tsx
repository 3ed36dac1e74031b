import { Button, Text, Title } from '@mantine/core';
import { IconArrowRight, IconPlayerPlay, IconSparkles, IconUpload, IconWand } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, type ReactNode } from 'react';
import { queries } from '@/api';
import { ButtonLink } from '@/components/links';
import { ProblemNotice } from '@/components/ProblemNotice';
import { useSource } from '@/components/useSource';
import { RecentDatasets } from './RecentDatasets';
import { RecentRuns } from './RecentRuns';
import classes from './HomePage.module.css';

/** The way through Strata in three steps, and what happened last. */
export function HomePage() {
  const datasets = useQuery(queries.datasets());
  const models = useQuery(queries.models());
  useEffect(() => {
    document.title = 'Strata';
  }, []);
  const hasData = (datasets.data?.total ?? 0) > 0;
  const hasModel = models.data?.items.some((model) => model.origin === 'trained') ?? false;
  return (
    <>
      <div className={classes.hero}>
        <Title order={1} className={classes.heading}>From a table to predictions with reasons</Title>
        <Text size="lg" c="dimmed" maw={680}>
          Strata learns from tables on your own machine. It shows how good a model is on rows that it never saw, and why it decides as it does. Nothing leaves this computer.
        </Text>
      </div>
      <ol className={classes.steps}>
        <BringTable done={hasData} />
        <Step
          number={2} title="Train a model" done={hasModel}
          text="Choose the column to predict. Strata warns of columns that give the answer away, keeps rows aside for an honest test, and explains every figure."
        >
          <ButtonLink to="/train" variant={hasData && !hasModel ? 'filled' : 'default'} leftSection={<IconPlayerPlay size={16} aria-hidden />}>Train a model</ButtonLink>
        </Step>
        <Step
          number={3} title="Predict new rows" done={false}
          text="Paste or upload new rows. Each gets a prediction with its probability and the columns that pushed it there. Take it all along as CSV."
        >
          <ButtonLink to="/predict" variant={hasModel ? 'filled' : 'default'} leftSection={<IconWand size={16} aria-hidden />}>Predict</ButtonLink>
        </Step>
      </ol>
      <div className={classes.recent}>
        <RecentRuns />
        <RecentDatasets />
      </div>
    </>
  );
}

function BringTable({ done }: { done: boolean }) {
  const navigate = useNavigate();
  const sources = useQuery(queries.sources());
  const simulated = sources.data?.find((source) => source.kind === 'simulated');
  const open = useCallback((datasetId: string) => void navigate({ to: '/datasets/$datasetId', params: { datasetId } }), [navigate]);
  const made = useSource(open);
  return (
    <Step
      number={1} title="Bring a table" done={done}
      text="Upload what you have, fetch real exoplanet surveys from NASA’s archive, or make a simulated survey: stars, planets and false alarms, no network needed."
    >
      {simulated && (
        <Button variant={done ? 'default' : 'filled'} loading={made.busy} onClick={() => made.start(simulated.name)} leftSection={<IconSparkles size={16} aria-hidden />}>
          Make a simulated survey
        </Button>
      )}
      <ButtonLink to="/datasets" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>Upload or fetch</ButtonLink>
      {made.error && <ProblemNotice error={made.error} />}
    </Step>
  );
}

interface StepProps {
  number: number;
  title: string;
  text: string;
  done: boolean;
  children: ReactNode;
}

function Step({ number, title, text, done, children }: StepProps) {
  return (
    <li className={classes.step} data-done={done || undefined}>
      <div className={classes.number} aria-hidden>{number}</div>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm" className={classes.text}>{text}</Text>
      <div className={classes.actions}>{children}</div>
      {number < 3 && <IconArrowRight size={18} className={classes.arrow} aria-hidden />}
    </li>
  );
}
