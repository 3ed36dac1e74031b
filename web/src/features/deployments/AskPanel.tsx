import { Button, Group, SegmentedControl, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { predictByDeployment, queries, type DeploymentView, type FeatureView, type ModelView } from '@/api';
import { Reasons } from '@/charts';
import { isArray, isNumeric } from '@/components/columnTypes';
import { LoadingBlock } from '@/components/Loading';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { jsonRow, rowFromJson, rowFromTexts, textsOf } from './askedRow';
import { modelTitle } from './words';
import classes from './DeploymentPage.module.css';

const ways = [{ value: 'form', label: 'Form' }, { value: 'json', label: 'JSON' }];
const mostFields = 60;

/** A form with a field for each column, and the deployment's answer. */
export function AskPanel({ deployment }: { deployment: DeploymentView }) {
  const answering = deployment.current.models.filter(({ shadow, name }) => !shadow && name !== null);
  const main = [...answering].sort((a, b) => b.share - a.share)[0];
  const model = useQuery({ ...queries.model(main?.model_id ?? ''), enabled: main !== undefined });
  if (main === undefined) {
    return <Section title="Try it"><Text size="sm" c="dimmed">Its models have been deleted.</Text></Section>;
  }

  return (
    <>
      {model.isPending && <LoadingBlock height={280} />}
      {model.isError && <ProblemNotice error={model.error} onRetry={() => void model.refetch()} />}
      {model.data && <AskForm key={model.data.id} deployment={deployment} model={model.data} />}
    </>
  );
}

function AskForm({ deployment, model }: { deployment: DeploymentView; model: ModelView }) {
  const client = useQueryClient();
  const { data: logged } = useQuery(queries.loggedPredictions(deployment.name, 24));
  const [way, setWay] = useState(model.features.length > mostFields ? 'json' : 'form');
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [json, setJson] = useState('');
  const [userId, setUserId] = useState('');
  const [explain, setExplain] = useState(true);
  const ask = useMutation({
    mutationFn: () => predictByDeployment(deployment.name, way === 'json' ? rowFromJson(json) : rowFromTexts(texts, model.features), userId.trim() === '' ? null : userId.trim(), explain),
    onSuccess: () => Promise.all(['traffic', 'predictions'].map((part) => client.invalidateQueries({ queryKey: ['deployments', deployment.name, part] }))),
  });
  const last = logged?.find(({ shadow, row }) => !shadow && Object.keys(row).length > 0);
  const choose = (next: string) => {
    if (next === 'json' && json.trim() === '') {
      setJson(jsonRow(rowFromTexts(texts, model.features)));
    }

    setWay(next);
  };
  const answer = ask.data?.items[0];
  const answered = deployment.current.models.find(({ model_id }) => model_id === ask.data?.model_id);
  return (
    <div className={classes.pair}>
      <Section
        title="Ask it" description="This is a request like any other: it is counted, and logged where predictions are."
        actions={
          <>
            {last && <Button size="xs" variant="default" onClick={() => { setTexts(textsOf(last.row)); setJson(JSON.stringify(last.row, null, 2)); }}>Take the last logged row</Button>}
            {model.features.length <= mostFields && <SegmentedControl size="xs" data={ways} value={way} onChange={choose} aria-label="How to give the row" />}
          </>
        }
      >
        <form onSubmit={(event) => { event.preventDefault(); ask.mutate(); }}>
          <Stack>
            {way === 'json'
              ? <Textarea label="One row as a JSON object" description="Column to value; null where it is not known." rows={12} spellCheck={false} value={json} onChange={(event) => setJson(event.currentTarget.value)} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }} />
              : (
                <div className={classes.fields}>
                  {model.features.map((feature) => <Field key={feature.name} feature={feature} text={texts.get(feature.name) ?? ''} onText={(text) => setTexts(new Map(texts).set(feature.name, text))} />)}
                </div>
              )}
            <TextInput label="User" description="The same user is answered by the same model; may stay empty." maw={320} autoComplete="off" value={userId} onChange={(event) => setUserId(event.currentTarget.value)} />
            <Group gap="lg">
              <Button type="submit" leftSection={<IconWand size={16} aria-hidden />} loading={ask.isPending}>Predict</Button>
              <Switch label="With reasons" checked={explain} onChange={(event) => setExplain(event.currentTarget.checked)} />
            </Group>
            <Text size="xs" c="dimmed">An empty field counts as unknown.</Text>
          </Stack>
        </form>
      </Section>
      <Section title="Answer" description={ask.data && <>By {answered ? modelTitle(answered) : 'a model'} of revision {ask.data.revision}. The prediction’s id is <code style={{ overflowWrap: 'anywhere' }}>{ask.data.prediction_ids[0]}</code>.</>}>
        {ask.isError && <ProblemNotice error={ask.error} />}
        {!answer && !ask.isError && <Text size="sm" c="dimmed">Fill the form in and press Predict.</Text>}
        {ask.data && <Notes notes={ask.data.notes} />}
        {answer && <Reasons prediction={answer} model={model} explained={ask.data?.reasons_basis?.explained} />}
      </Section>
    </div>
  );
}

function Field({ feature, text, onText }: { feature: FeatureView; text: string; onText: (text: string) => void }) {
  const { name, type, levels } = feature;
  if (type === 'boolean' || (levels && levels.length > 0)) {
    const data = type === 'boolean' ? ['true', 'false'] : [...new Set(text === '' || levels!.includes(text) ? levels! : [...levels!, text])];
    return <Select label={name} placeholder="unknown" clearable searchable={data.length > 8} data={data} value={text === '' ? null : text} onChange={(value) => onText(value ?? '')} />;
  }

  if (isArray(type)) {
    return <Textarea label={name} placeholder="[1, 2.5, 3]" rows={2} spellCheck={false} value={text} onChange={(event) => onText(event.currentTarget.value)} />;
  }

  return (
    <TextInput
      label={name} placeholder={type === 'date' ? '2026-01-31' : 'unknown'} inputMode={isNumeric(type) ? 'decimal' : undefined} autoComplete="off" value={text}
      error={isNumeric(type) && text.trim() !== '' && !Number.isFinite(Number(text)) ? 'This is no number.' : undefined} onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
