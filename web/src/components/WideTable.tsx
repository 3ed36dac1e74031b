import type { ReactNode } from 'react';

/** A table that may be wider than its place: then it scrolls sideways, also by keyboard. */
export function WideTable({ label, minWidth, children }: { label: string; minWidth: number; children: ReactNode }) {
  return (
    <div style={{ position: 'relative', overflowX: 'auto' }} tabIndex={0} role="group" aria-label={label}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}
