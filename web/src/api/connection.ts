import { useSyncExternalStore } from 'react';

let reachable = true;
const listeners = new Set<() => void>();

/** Every answer and every failure to get one is reported here, so that one banner can speak for the whole page. */
export function reportReachable(value: boolean) {
  if (reachable !== value) {
    reachable = value;
    listeners.forEach((listener) => listener());
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useReachable() {
  return useSyncExternalStore(subscribe, () => reachable);
}
