import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useReachable } from '@/api';
import classes from './ConnectionBanner.module.css';

/** Says that the server is away, and brings the page up to date when it is back. */
export function ConnectionBanner() {
  const reachable = useReachable();
  const queries = useQueryClient();
  const wasAway = useRef(false);
  useEffect(() => {
    if (reachable && wasAway.current) {
      void queries.invalidateQueries();
    }

    wasAway.current = !reachable;
  }, [reachable, queries]);

  return (
    <div role="status" aria-live="polite">
      {!reachable && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span><strong>Strata does not answer.</strong> It may have been stopped or is restarting. Trainings that run are not lost. Trying again every few seconds.</span>
        </div>
      )}
    </div>
  );
}
