import { formatNumber, shorten } from '@/components/format';
import classes from './HeatMap.module.css';

interface HeatMapProps {
  label: string;
  names: readonly string[];
  /** [row][column], symmetric: the half above the diagonal is left empty. */
  values: readonly (readonly number[])[];
}

/** A number for every pair of names: a table, coloured by its share of the largest beside the diagonal and on it. */
export function HeatMap({ label, names, values }: HeatMapProps) {
  const pairs = values.flatMap((line, row) => line.slice(0, row));
  const largestPair = Math.max(...pairs, 0), largestAlone = Math.max(...values.map((line, row) => line[row] ?? 0), 0);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.map} aria-label={label}>
        <thead>
          <tr>
            <td />
            {names.map((name) => <th key={name} scope="col" title={name}><span>{shorten(name, 16)}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {values.map((line, row) => (
            <tr key={names[row]}>
              <th scope="row" title={names[row]}>{shorten(names[row] ?? '', 24)}</th>
              {line.slice(0, row + 1).map((value, column) => {
                const largest = row === column ? largestAlone : largestPair;
                const what = row === column ? `${names[row]} alone` : `${names[row]} and ${names[column]}`;
                return (
                  <td
                    key={names[column]}
                    className={classes.cell}
                    data-alone={row === column || undefined}
                    style={{ backgroundColor: `rgb(var(--heat) / ${(largest === 0 ? 0 : (value / largest) * 0.55).toFixed(3)})` }}
                    title={`${what}: ${formatNumber(value, 3)}`}
                  >
                    {formatNumber(value, 2)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
