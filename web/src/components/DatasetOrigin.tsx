import { Badge } from '@mantine/core';
import type { DatasetView } from '@/api';

const words: Record<DatasetView['origin'], { label: string; color: string }> = {
  upload: { label: 'Uploaded', color: 'gray' },
  nasa: { label: 'NASA archive', color: 'blue' },
  simulated: { label: 'Simulated', color: 'grape' },
  derived: { label: 'Derived', color: 'gray' },
};

export function DatasetOrigin({ origin }: { origin: DatasetView['origin'] }) {
  return <Badge color={words[origin].color}>{words[origin].label}</Badge>;
}
