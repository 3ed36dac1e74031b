import { useRouter } from '@tanstack/react-router';
import { ProblemNotice } from '@/components/ProblemNotice';

/** What is shown in place of a page that broke; the shell around it stays. */
export function PageCrash({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return <ProblemNotice error={error} onRetry={() => void router.invalidate().then(reset)} />;
}
