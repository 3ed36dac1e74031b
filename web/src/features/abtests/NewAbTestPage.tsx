import { Button, Checkbox, Group, NumberInput, Select, Slider, Stack, Text, TextInput } from '@mantine/core';
import { IconBox, IconFlask2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { queries, startAbTest, type DeploymentView, type ModelView, type OutcomeMeasure } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { FoldedSection } from '@/components/FoldedSection';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { modelLabel } from '@/components/modelLabel';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { ProjectChoice } from '@/components/ProjectChoice';
import { Section } from '@/components/Section';
import { measureMeanings, measureNames } from './words';

const parent = { to: '/ab-tests', label: 'A/B tests' } as const;
const usual = '';
const measures = [{ value: usual, label: 'The usual one of the models' }, ...Object.entries(measureNames).map(([value, label]) => ({ value, label }))];

/** Starts a test between two models, under a name of its own or that of a deployment. */
export function NewAbTestPage() {
  const { deployment: asked } = useSearch({ from: '/start-ab-test' });
  const models = useQuery(queries.models());
  const deployments = useQuery(queries.deployments());
  const header = <PageHeader title="Start an A/B test" parent={parent} description="Requests are parted between two models by a hash of the user’s id; when outcomes are told, the test learns which model is better." />;
  if (models.isPending || deployments.isPending) {
    return <>{header}<LoadingBlock height={360} /></>;
  }

  const broken = [models, deployments].find(({ isError }) => isError);
  if (models.data === undefined || deployments.data === undefined) {
    return <>{header}<ProblemNotice error={broken?.error} onRetry={() => { void models.refetch(); void deployments.refetch(); }} /></>;
  }

  return models.data.items.length < 2
    ? <>{header}<EmptyState icon={IconBox} title="A test needs two models" action={<ButtonLink to="/train">Train a model</ButtonLink>}>Train another one that predicts the same, then come back.</EmptyState></>
    : <>{header}<TestForm models={models.data.items} deployments={deployments.data.items} asked={asked} /></>;
}

function TestForm({ models, deployments, asked }: { models: readonly ModelView[]; deployments: readonly DeploymentView[]; asked: string | undefined }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const mainOf = (name: string | undefined) => [...(deployments.find((one) => one.name === name)?.current.models ?? [])].filter(({ shadow }) => !shadow).sort((a, b) => b.share - a.share)[0]?.model_id ?? null;
  const [name, setName] = useState(asked ?? '');
  const [a, setA] = useState<string | null>(mainOf(asked));
  const [b, setB] = useState<string | null>(null);
  const [percent, setPercent] = useState(50);
  const [measure, setMeasure] = useState<OutcomeMeasure | typeof usual>(usual);
  const [stopsItself, setStopsItself] = useState(true);
  const [level, setLevel] = useState(5);
  const [leastPerArm, setLeastPerArm] = useState(100);
  const [expected, setExpected] = useState<number | null>(null);
  const [mostFailures, setMostFailures] = useState(1);
  const [mostSlowdown, setMostSlowdown] = useState(3);
  const [project, setProject] = useState<string | null>(null);
  const there = deployments.find((one) => one.name === name);
  const start = useMutation({
    mutationFn: () => startAbTest({
      name, model_a_id: a!, model_b_id: b!, split: percent / 100, measure: measure === usual ? null : measure, level: level / 100, expected_difference: expected, least_per_arm: leastPerArm,
      most_failures: mostFailures / 100, most_slowdown: mostSlowdown, stops_itself: stopsItself, project: there?.project ?? project,
    }),
    onSuccess: async (made) => {
      await Promise.all([client.invalidateQueries({ queryKey: ['ab-tests'] }), client.invalidateQueries({ queryKey: ['deployments'] })]);
      await navigate({ to: '/ab-tests/$name', params: { name: made.name } });
    },
  });
  const target = models.find(({ id }) => id === a)?.target;
  const data = (other: string | null) => models.filter(({ id }) => id !== other).map((one) => ({ value: one.id, label: modelLabel(one) }));
  const number = (take: (value: number) => void) => (value: string | number) => typeof value === 'number' && take(value);
  const differs = b !== null && target !== undefined && models.find(({ id }) => id === b)?.target !== target;
  return (
    <form onSubmit={(event) => { event.preventDefault(); start.mutate(); }}>
      <Stack>
        <Section title="What is compared">
          <Stack maw={560}>
            <TextInput
              label="Name" description={there ? 'A deployment of this name is there; it serves both models from now on.' : 'A deployment of this name answers the requests. Give the name of one that is there to test within it.'} required maxLength={100}
              pattern="[A-Za-z0-9._\-]+" autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select label="Model A" description="The one that is there." placeholder="Choose a model" required searchable nothingFoundMessage="No other model has that name" data={data(b)} value={a} onChange={setA} />
            <Select label="Model B" description="The one that may be better." placeholder="Choose a model" required searchable nothingFoundMessage="No other model has that name" data={data(a)} value={b} onChange={setB} />
            {differs && <Text size="sm" c="var(--caution)">These models predict different columns, so the same outcome cannot judge both.</Text>}
            <div>
              <Text size="sm" fw={500} mb={4}>Traffic for B: {percent} %</Text>
              <Slider min={1} max={99} value={percent} onChange={setPercent} label={null} thumbLabel="Traffic for B in per cent" />
            </div>
            <Select label="Measure" description={measure === usual ? 'Whether the class was right, or how far the number was off.' : measureMeanings[measure]} data={measures} value={measure} onChange={(value) => setMeasure((value ?? usual) as OutcomeMeasure | typeof usual)} />
            {!there && <ProjectChoice project={project} onProject={setProject} />}
            <Checkbox label="Give the better model all traffic as soon as it is known" checked={stopsItself} onChange={(event) => setStopsItself(event.currentTarget.checked)} />
          </Stack>
        </Section>
        <FoldedSection title="Certainty and guardrails" summary={`Wrong in at most ${level} of 100 tests; nothing is decided before ${leastPerArm} outcomes each`}>
          <Stack maw={560}>
            <Group grow align="start">
              <NumberInput label="Of 100 tests without a difference, so many may find one" min={0.1} max={50} decimalScale={2} value={level} onChange={number(setLevel)} />
              <NumberInput label="Least outcomes of each model" min={20} max={10_000_000} value={leastPerArm} onChange={number(setLeastPerArm)} />
            </Group>
            <NumberInput
              label="Difference that is looked for" description="About how large; the test is quickest there. Empty for a tenth of the spread." min={0} decimalScale={6} value={expected ?? ''}
              onChange={(value) => setExpected(typeof value === 'number' && value > 0 ? value : null)}
            />
            <Group grow align="start">
              <NumberInput label="B may fail in so much more of its requests" suffix=" %" min={0} max={100} decimalScale={2} value={mostFailures} onChange={number(setMostFailures)} />
              <NumberInput label="B may be so many times as slow" min={1} decimalScale={1} value={mostSlowdown} onChange={number(setMostSlowdown)} />
            </Group>
          </Stack>
        </FoldedSection>
        {start.isError && <ProblemNotice error={start.error} />}
        <Button type="submit" leftSection={<IconFlask2 size={16} aria-hidden />} disabled={a === null || b === null || name === ''} loading={start.isPending} style={{ alignSelf: 'start' }}>Start the test</Button>
      </Stack>
    </form>
  );
}
