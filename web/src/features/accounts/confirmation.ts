import { useSyncExternalStore } from 'react';
import { ProblemError } from '@/api';

interface Waiting {
  resolve: () => void;
  reject: (reason: unknown) => void;
}

let waiting: Waiting | null = null;
const listeners = new Set<() => void>();

function set(next: Waiting | null) {
  waiting = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Does something dangerous; when the server wants the password first, the dialog asks for it and it is done then. */
export async function confirmed<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ProblemError && error.status === 403 && error.title === 'Confirmation needed')) {
      throw error;
    }

    await new Promise<void>((resolve, reject) => set({ resolve, reject: () => reject(error) }));
    return act();
  }
}

export function useConfirmationNeeded() {
  return useSyncExternalStore(subscribe, () => waiting !== null);
}

export function settleConfirmation(given: boolean) {
  const settled = waiting;
  set(null);
  if (given) {
    settled?.resolve();
  } else {
    settled?.reject(null);
  }
}
