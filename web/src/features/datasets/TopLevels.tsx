import { formatCount, formatShare, shorten } from '@/components/format';
import type { LevelCount } from '@/api';
import classes from './TopLevels.module.css';

const most = 4;

/** The commonest values of a column, with bars. */
export function TopLevels({ levels, rowCount }: { levels: readonly LevelCount[]; rowCount: number }) {
  return (
    <ul className={classes.levels} aria-label="Commonest values">
      {levels.slice(0, most).map((level, index) => (
        <li key={index} title={`${level.level}: ${formatCount(level.count)} rows`}>
          <span className={classes.bar} style={{ width: `${rowCount === 0 ? 0 : (level.count / rowCount) * 100}%` }} aria-hidden />
          <span className={classes.name}>{shorten(level.level, 40)}</span>
          <span className={classes.share}>{formatShare(rowCount === 0 ? 0 : level.count / rowCount)}</span>
        </li>
      ))}
    </ul>
  );
}
