import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** Grey lines where text or a table will be. */
export function LoadingLines({ lines = 5, height = 18 }: { lines?: number; height?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" py="xs">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => <Skeleton key={index} height={height} width={`${100 - ((index * 17) % 35)}%`} radius="sm" />)}
    </Stack>
  );
}

/** A grey block where a chart will be. */
export function LoadingBlock({ height = 220 }: { height?: number }) {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Skeleton height={height} radius="md" />
    </div>
  );
}
