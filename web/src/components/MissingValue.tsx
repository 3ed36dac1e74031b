import { Text } from '@mantine/core';

/** A cell without a value, told apart from a cell that says something. */
export function MissingValue() {
  return <Text span size="xs" c="dimmed" fs="italic">missing</Text>;
}
