import { Badge } from '@mantine/core';
import type { ModelView } from '@/api';

const words: Record<ModelView['origin'], { label: string; color: string }> = {
  trained: { label: 'Trained here', color: 'gray' },
  pretrained: { label: 'Pretrained', color: 'grape' },
  imported: { label: 'Imported', color: 'blue' },
};

export function ModelOrigin({ origin }: { origin: ModelView['origin'] }) {
  return <Badge size="sm" color={words[origin].color}>{words[origin].label}</Badge>;
}
