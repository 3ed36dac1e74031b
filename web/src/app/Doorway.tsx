import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { onLoggedOut, queries } from '@/api';
import { Shell } from './Shell';

const LogInPage = lazy(() => import('@/features/accounts/LogInPage').then(({ LogInPage: page }) => ({ default: page })));
const SetUpPage = lazy(() => import('@/features/accounts/SetUpPage').then(({ SetUpPage: page }) => ({ default: page })));

/**
 * Shows the page to those who may see it. Whoever has to log in does so here, under the same address, and is where they wanted to go; nothing of the page stays visible
 * when a session has ended.
 */
export function Doorway() {
  const client = useQueryClient();
  const { data: session, isPending, failureCount } = useQuery(queries.session());
  useEffect(() => onLoggedOut(() => void client.invalidateQueries({ queryKey: ['session'] })), [client]);
  // A server that does not answer is no reason for an empty page: the shell says what is wrong, and asks again.
  if (isPending && failureCount === 0) {
    return null;
  }

  if (session?.needs_set_up) {
    return <Suspense><SetUpPage /></Suspense>;
  }

  return session?.is_logged_in === false ? <Suspense><LogInPage /></Suspense> : <Shell />;
}
