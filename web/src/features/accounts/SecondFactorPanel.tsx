import { Alert, Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { beginSecondFactor, queries, turnOffSecondFactor, turnOnSecondFactor } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { confirmed } from './confirmation';

/** A code from an app beside the password: set up, shown to work once, taken off again. */
export function SecondFactorPanel({ isOn }: { isOn: boolean }) {
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const changed = () => client.invalidateQueries({ queryKey: queries.session().queryKey });
  const begin = useMutation({ mutationFn: () => confirmed(beginSecondFactor) });
  const turnOn = useMutation({
    mutationFn: () => confirmed(() => turnOnSecondFactor(code)),
    onSuccess: () => {
      setCode('');
      begin.reset();
      return changed();
    },
  });
  const turnOff = useMutation({ mutationFn: () => confirmed(turnOffSecondFactor), onSuccess: changed });
  const key = begin.data;
  return (
    <Section title="Second factor" description="A code from an authenticator app, asked for at each log-in beside the password. Your other sessions end when it comes or goes.">
      <Stack maw={560}>
        {turnOn.data && <RecoveryCodes codes={turnOn.data.codes} />}
        {isOn && <Button variant="default" loading={turnOff.isPending} style={{ alignSelf: 'start' }} onClick={() => turnOff.mutate()}>Take it off</Button>}
        {!isOn && !key && <Button variant="default" loading={begin.isPending} style={{ alignSelf: 'start' }} onClick={() => begin.mutate()}>Set it up</Button>}
        {!isOn && key && (
          <form onSubmit={(event) => { event.preventDefault(); turnOn.mutate(); }}>
            <Stack>
              <Text size="sm">Add this key to your app, by hand or by <a href={key.address}>opening it there</a>, and give the first code that it shows.</Text>
              <Group><Code>{key.secret}</Code><CopyButton value={key.secret}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton></Group>
              <TextInput label="Code" maw={200} required autoComplete="one-time-code" inputMode="numeric" value={code} onChange={(event) => setCode(event.currentTarget.value)} />
              <Button type="submit" variant="default" loading={turnOn.isPending} style={{ alignSelf: 'start' }}>Turn it on</Button>
            </Stack>
          </form>
        )}
        {[begin, turnOn, turnOff].filter((act) => act.isError).map((act, place) => <ProblemNotice key={place} error={act.error} />)}
      </Stack>
    </Section>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <Alert color="gray" variant="light" title="Keep these recovery codes: they are never shown again" role="status">
      <Text size="sm">Each lets you in once when you have lost your app.</Text>
      <Code block>{codes.join('\n')}</Code>
    </Alert>
  );
}
