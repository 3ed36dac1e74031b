import { Button, Group, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { counted } from '@/components/format';
import { ButtonLink } from '@/components/links';

export const mostCompared = 10;

/** What can be done with the runs that were ticked. */
export function CompareChosen({ chosen, onClear }: { chosen: ReadonlySet<string>; onClear: () => void }) {
  if (chosen.size === 0) {
    return null;
  }

  const fits = chosen.size >= 2 && chosen.size <= mostCompared;
  return (
    <Group gap="sm" role="status">
      <Text size="sm">{counted(chosen.size, 'run')} chosen{chosen.size === 1 ? ': choose another one to compare' : chosen.size > mostCompared ? `: at most ${mostCompared} are compared` : ''}</Text>
      {fits && <ButtonLink to="/runs/compare" search={{ runs: [...chosen].join(',') }} size="xs" leftSection={<IconArrowsDiff size={15} aria-hidden />}>Compare them</ButtonLink>}
      <Button size="xs" variant="default" onClick={onClear}>Choose none</Button>
    </Group>
  );
}
