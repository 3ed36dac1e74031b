import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconSearch } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { ColumnView, PresetView, TableProfile } from '@/api';
import { columnTypeName } from '@/components/columnTypes';
import { formatShare } from '@/components/format';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { forbidden, type TrainChoices } from './trainPlan';
import classes from './ColumnChoice.module.css';

interface ColumnChoiceProps {
  columns: readonly ColumnView[];
  profile: UseQueryResult<TableProfile>;
  preset: PresetView | null;
  choices: TrainChoices;
  onDropped: (dropped: ReadonlySet<string>) => void;
}

/** Which columns to learn from; those that give the answer away are kept out, with the reason. */
export function ColumnChoice({ columns, profile, preset, choices, onDropped }: ColumnChoiceProps) {
  const [search, setSearch] = useState('');
  const never = useMemo(() => forbidden(preset), [preset]);
  const meanings = useMemo(() => new Map((preset?.columns ?? []).map((column) => [column.name, column])), [preset]);
  const profiles = useMemo(() => new Map((profile.data?.columns ?? []).map((column) => [column.name, column])), [profile.data]);
  const free = columns.filter(({ name }) => name !== choices.target && name !== choices.group && !never.has(name));
  const used = free.filter(({ name }) => !choices.dropped.has(name)).length;
  const warned = free.filter(({ name }) => (profiles.get(name)?.warnings.length ?? 0) > 0 && !choices.dropped.has(name));
  const shown = useMemo(() => columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase())), [columns, search]);

  const toggle = (name: string) => {
    const next = new Set(choices.dropped);
    if (!next.delete(name)) {
      next.add(name);
    }

    onDropped(next);
  };
  const dropToo = (names: readonly string[]) => onDropped(new Set([...choices.dropped, ...names]));

  const fixedReason = (name: string) => {
    if (name === choices.target) {
      return 'to predict';
    }

    return name === choices.group ? 'groups rows, not learned from' : (never.get(name) ?? null);
  };

  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length, getScrollElement: () => box.current, estimateSize: () => 46, overscan: 8, getItemKey: (index) => shown[index]?.name ?? index,
  });

  return (
    <Section
      title="3. Columns to learn from"
      description={`${used} of ${free.length} are ticked${never.size > 0 ? '; the preset keeps others out' : ''}.`}
      actions={
        <>
          {warned.length > 0 && <Button size="xs" variant="default" onClick={() => dropToo(warned.map(({ name }) => name))}>Untick those with warnings ({warned.length})</Button>}
          <Button size="xs" variant="default" onClick={() => onDropped(new Set())}>Tick all</Button>
          <Button size="xs" variant="default" onClick={() => dropToo(free.map(({ name }) => name))}>Untick all</Button>
        </>
      }
    >
      {profile.isError && <ProblemNotice error={profile.error} onRetry={() => void profile.refetch()} />}
      <TextInput
        placeholder="Find a column" aria-label="Find a column" mb="xs" maw={320} leftSection={<IconSearch size={15} aria-hidden />}
        value={search} onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div ref={box} className={classes.box} tabIndex={0} role="group" aria-label="Columns to learn from">
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map((item) => {
            const column = shown[item.index];
            if (!column) {
              return null;
            }

            const { name, type } = column;
            const fixed = fixedReason(name);
            const meaning = meanings.get(name);
            const about = profiles.get(name);
            return (
              <div key={item.key} ref={rows.measureElement} data-index={item.index} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
                <Checkbox
                  size="xs" checked={fixed === null && !choices.dropped.has(name)} disabled={fixed !== null} onChange={() => toggle(name)}
                  label={
                    <span className={classes.name}>
                      {name}
                      <Text span size="xs" c="dimmed" fw={400}> {columnTypeName(type)}{meaning ? ` \u00b7 ${meaning.title}${meaning.unit ? `, ${meaning.unit}` : ''}` : ''}</Text>
                    </span>
                  }
                />
                <div className={classes.remarks}>
                  {fixed !== null && <Group gap={5} wrap="nowrap" align="flex-start"><IconLock size={13} aria-hidden /><span>{fixed}</span></Group>}
                  {fixed === null && about && about.warnings.map((warning, index) => (
                    <Group key={index} gap={5} wrap="nowrap" align="flex-start" className={classes.warning}><IconAlertTriangle size={14} aria-label="Warning:" /><span>{warning.message}</span></Group>
                  ))}
                  {fixed === null && about && about.missing > 0 && profile.data && profile.data.row_count > 0 && (
                    <span>{formatShare(about.missing / profile.data.row_count, 0)} missing</span>
                  )}
                </div>
              </div>
            );
          })}
        </div>
        {shown.length === 0 && <Text size="sm" c="dimmed" p="md">No column has {'\u201c'}{search}{'\u201d'} in its name.</Text>}
      </div>
    </Section>
  );
}
