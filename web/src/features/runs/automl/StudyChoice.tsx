import { NumberInput, Radio, SegmentedControl, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import type { LearningTask, MetricView } from '@/api';
import { Section } from '@/components/Section';
import { presetWords, studyMetric, usualTimes, type StudyChoices, type StudyPreset } from './study';
import classes from '../train/AlgorithmChoice.module.css';

interface StudyChoiceProps {
  study: StudyChoices;
  task: LearningTask | null;
  /** Those that suit the kind of answer. */
  metrics: readonly MetricView[];
  onChange: (some: Partial<StudyChoices>) => void;
}

/** How much is tried, for how long, and what decides. */
export function StudyChoice({ study, task, metrics, onChange }: StudyChoiceProps) {
  const usual = studyMetric(task);
  const shown = study.metric ?? usual;
  const timeLabel = useId();
  return (
    <Section title="5. How much to try" description="More is better, and takes longer. Whatever is chosen, it ends in time with what is ready, and can be given more time afterwards.">
      <Stack>
        <Radio.Group value={study.preset} onChange={(preset) => onChange({ preset: preset as StudyPreset })} aria-label="How much to try">
          <div className={classes.cards}>
            {(Object.keys(presetWords) as StudyPreset[]).map((preset) => (
              <Radio.Card key={preset} value={preset} className={classes.card} aria-label={presetWords[preset].title}>
                <div className={classes.head}>
                  <Radio.Indicator size="xs" />
                  <span className={classes.title}>{presetWords[preset].title}</span>
                </div>
                <div className={classes.summary}>{presetWords[preset].meaning}</div>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        <div>
          <Text size="sm" fw={500} id={timeLabel}>How long it may take</Text>
          <Text size="xs" c="dimmed" mb={6}>{study.deterministic ? 'The clock decides nothing, as chosen below.' : 'From the beginning of learning. What does not fit is skipped, and the leaderboard says why.'}</Text>
          <SegmentedControl
            aria-labelledby={timeLabel} disabled={study.deterministic} value={usualTimes.some(({ minutes }) => minutes === study.minutes) ? String(study.minutes) : ''}
            onChange={(minutes) => onChange({ minutes: Number(minutes) })} data={usualTimes.map(({ minutes, label }) => ({ value: String(minutes), label }))}
            style={{ maxWidth: '100%', overflowX: 'auto' }}
          />
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
          <NumberInput
            label="Or exactly" description="A multiple of a minute, or a part of one" suffix=" min" min={0.1} max={100_000} decimalScale={2} disabled={study.deterministic}
            value={Number.isFinite(study.minutes) ? study.minutes : ''} onChange={(value) => onChange({ minutes: typeof value === 'number' ? value : Number.NaN })}
          />
          <Select
            label="Best by" description={metrics.find(({ name }) => name === shown)?.meaning} value={shown} searchable limit={100} allowDeselect={false} nothingFoundMessage="No metric has that name"
            data={metrics.map((one) => ({ value: one.name, label: `${one.title}${one.name === usual ? ' (usual)' : ''}` }))} onChange={(metric) => onChange({ metric: metric === usual ? null : metric })}
          />
        </SimpleGrid>
      </Stack>
    </Section>
  );
}
