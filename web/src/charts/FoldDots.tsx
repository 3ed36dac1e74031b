import { formatNumber } from '@/components/format';
import classes from './FoldDots.module.css';

interface FoldDotsProps {
  scores: readonly number[];
  /** The same for all that stand under one another; what lies outside stands at the edge. */
  domain: readonly [number, number];
  label: string;
}

/** A dot a fold on one line, with a mark at their mean: how far scores are spread, at a glance. */
export function FoldDots({ scores, domain: [low, high], label }: FoldDotsProps) {
  const place = (value: number) => 3 + 94 * (high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5);
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  return (
    <svg className={classes.plot} role="img" aria-label={`${label}: ${scores.map((score) => formatNumber(score, 3)).join(', ')}`}>
      <line className={classes.base} x1="3%" x2="97%" y1={11} y2={11} />
      {scores.map((score, fold) => <circle key={fold} className={classes.dot} cx={`${place(score)}%`} cy={11} r={4}><title>{`Fold ${fold + 1}: ${formatNumber(score, 4)}`}</title></circle>)}
      {scores.length > 0 && <line className={classes.mean} x1={`${place(mean)}%`} x2={`${place(mean)}%`} y1={3} y2={19} />}
    </svg>
  );
}
