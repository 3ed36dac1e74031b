import { place, scoreText } from './leaderboard';
import classes from './Leaderboard.module.css';

interface ScoreBarProps {
  metric: string;
  score: number | null;
  low: number | null;
  high: number | null;
  range: { from: number; to: number };
}

/** A score as a number and as a point in its interval, on a scale that all rows share. */
export function ScoreBar({ metric, score, low, high, range }: ScoreBarProps) {
  if (score === null) {
    return <span className={classes.none}>{'\u2013'}</span>;
  }

  const [from, to] = [place(low ?? score, range), place(high ?? score, range)];
  return (
    <div className={classes.score} title={low !== null && high !== null ? `95 % certain: ${scoreText(metric, low)} to ${scoreText(metric, high)}` : undefined}>
      <span className="numeric">{scoreText(metric, score)}</span>
      <div className={classes.track} aria-hidden>
        <span className={classes.interval} style={{ left: `${from * 100}%`, width: `${Math.max(0, to - from) * 100}%` }} />
        <span className={classes.point} style={{ left: `${place(score, range) * 100}%` }} />
      </div>
    </div>
  );
}
