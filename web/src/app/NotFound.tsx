import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { PageHeader } from '@/components/PageHeader';

export function NotFound() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <EmptyState icon={IconMapQuestion} title="The address may be mistyped" action={<ButtonLink to="/">Go to Home</ButtonLink>}>Or what it named may have been deleted.</EmptyState>
    </>
  );
}
