import { Anchor, Button, Code, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { asProblem } from '@/api';

interface FilterBoxProps {
  label: string;
  placeholder: string;
  filter: string;
  /** What the server says about the filter; null while it has nothing to complain of. */
  error: unknown;
  examples: readonly (readonly [string, string])[];
  onFilter: (filter: string) => void;
}

/** A search in the words of MLflow's filters; what is wrong with one stands under it. */
export function FilterBox({ label, placeholder, filter, error, examples, onFilter }: FilterBoxProps) {
  const [text, setText] = useState(filter);
  const [helping, setHelping] = useState(false);
  const problem = error === null || error === undefined ? null : asProblem(error);
  const wrong = problem !== null && problem.status >= 400 && problem.status < 500 ? (problem.detail ?? problem.title) : null;
  return (
    <form onSubmit={(event) => { event.preventDefault(); onFilter(text.trim()); }}>
      <Group align="end" gap="xs" wrap="wrap">
        <TextInput
          label={label} placeholder={placeholder} value={text} error={wrong} spellCheck={false} autoComplete="off" leftSection={<IconFilter size={15} aria-hidden />}
          style={{ flex: '1 1 240px' }} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} onChange={(event) => setText(event.currentTarget.value)} inputWrapperOrder={['label', 'input', 'error']}
        />
        <Button type="submit" variant="default">Search</Button>
        {filter !== '' && <Button variant="default" onClick={() => { setText(''); onFilter(''); }}>Show all</Button>}
        <Popover opened={helping} onChange={setHelping} width={380} position="bottom-end" trapFocus returnFocus>
          <Popover.Target><Anchor component="button" type="button" size="sm" mb={8} onClick={() => setHelping(!helping)}>How to write a filter</Anchor></Popover.Target>
          <Popover.Dropdown aria-label="How to write a filter">
            <Stack gap={6}>
              <Text size="sm">Conditions joined by <Code>and</Code>. Texts stand in quotes; <Code>LIKE</Code> and <Code>ILIKE</Code> take <Code>%</Code> for anything.</Text>
              {examples.map(([example, meaning]) => (
                <div key={example}>
                  <Anchor component="button" type="button" size="sm" ta="start" ff="monospace" onClick={() => { setText(example); setHelping(false); onFilter(example); }}>{example}</Anchor>
                  <Text size="xs" c="dimmed">{meaning}</Text>
                </div>
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      </Group>
    </form>
  );
}
