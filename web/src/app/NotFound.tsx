import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';

export function NotFound() {
  return (
    <EmptyState icon={IconMapQuestion} title="There is no such page" action={<ButtonLink to="/">Go to Home</ButtonLink>}>
      The address may be mistyped, or what it named may have been deleted.
    </EmptyState>
  );
}
