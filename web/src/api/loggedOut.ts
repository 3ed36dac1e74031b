const listeners = new Set<() => void>();

/** Called when the server says that nobody is logged in (any more). */
export function reportLoggedOut() {
  listeners.forEach((listener) => listener());
}

export function onLoggedOut(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
