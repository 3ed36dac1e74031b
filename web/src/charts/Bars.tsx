import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Bars.module.css';

export interface Bar {
  key: string;
  name: ReactNode;
  value: number;
  /** Half the length of the whisker, such as one standard deviation. */
  spread?: number;
  text: string;
  hint?: string;
}

interface BarsProps {
  bars: readonly Bar[];
  label: string;
  full?: number;
  /** A line through all bars, such as what was aimed at. */
  mark?: { at: number; name: string };
}

/** Horizontal bars in the given order, as long as their share of `full` or else of the longest; a list to a screen reader. */
export function Bars({ bars, label, full, mark }: BarsProps) {
  const most = full ?? Math.max(Number.MIN_VALUE, ...bars.map((bar) => Math.max(0, bar.value) + (bar.spread ?? 0)));
  const percent = (value: number) => `${Math.min(100, Math.max(0, (value / most) * 100))}%`;
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={classes.bar}>
          <Tooltip label={bar.hint} disabled={!bar.hint} position="top-start"><span className={classes.name}>{bar.name}</span></Tooltip>
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} style={{ width: percent(bar.value) }} />
            {bar.spread !== undefined && bar.spread > 0 && (
              <span className={classes.whisker} style={{ left: percent(bar.value - bar.spread), right: `calc(100% - ${percent(bar.value + bar.spread)})` }} />
            )}
            {mark && <span className={classes.mark} style={{ left: percent(mark.at) }} title={mark.name} />}
          </span>
          <span className={classes.value}>{bar.text}</span>
        </li>
      ))}
    </ul>
  );
}
